package javelin.algorithms.fourierspi.cytometry;

/// Lines around one or a few cells, cut out of a stream. Filled again and again.
public final class CellEvent {
    private long first;
    private int rows;
    private float[] lines = new float[0];
    private final float[] background;

    /// An event with no lines yet.
    ///
    /// @param pixels of a line
    public CellEvent(int pixels) {
        background = new float[pixels];
    }

    /// Makes room.
    void start(long firstLine, int lineCount) {
        first = firstLine;
        rows = lineCount;
        if (lines.length < lineCount * background.length) {
            lines = new float[lineCount * background.length];
        }
    }

    /// Number of the first line since the start of the stream.
    public long first() {
        return first;
    }

    /// Number of lines.
    public int rows() {
        return rows;
    }

    /// The lines, `[rows, pixels]` and maybe more room.
    public float[] lines() {
        return lines;
    }

    /// What an empty line looked like then, `[pixels]`.
    public float[] background() {
        return background;
    }
}
