package javelin.nn.io;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/// Output to a disk on which a number of bytes is left.
final class FullDisk extends FilterOutputStream {
    private long left;

    FullDisk(OutputStream out, long left) {
        super(out);
        this.left = left;
    }

    /// Content that meets the end of the disk after `left` bytes.
    static AtomicFile.Content after(long left, byte[] content) {
        return out -> new FullDisk(out, left).write(content);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] b, int from, int length) throws IOException {
        int fits = (int) Math.min(left, length);
        out.write(b, from, fits);
        left -= fits;
        if (fits < length) {
            throw new IOException("No space left on device");
        }
    }
}
