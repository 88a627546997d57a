package javelin.algorithms.report;

import javelin.nn.io.AtomicFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/// A page of HTML, written from top to bottom. It needs no other file, no script and no network,
/// and follows the reader's light or dark setting.
///
/// ```java
/// var report = new Report("Digits");
/// report.section("Result").text("98.7 % right.").figure(chart.svg(), "Loss of each step.");
/// report.write(folder.resolve("report.html"));
/// ```
///
/// All texts are escaped; only [#figure] and [#html] take markup.
public final class Report {
    private static final String STYLE =
            """
            :root { color-scheme: light dark; --ink: #1c2024; --soft: #60666d; --line: #d5d9de;
                --page: #fdfdfc; --tint: 37, 99, 175; --good: #1d7a46; --bad: #b3372f; }
            @media (prefers-color-scheme: dark) { :root { --ink: #e4e6e8; --soft: #9aa1a9;
                --line: #3a4047; --page: #16191c; --tint: 96, 165, 250; --good: #57c785; --bad: #f08078; } }
            body { margin: 2rem auto; max-width: 60rem; padding: 0 1rem; background: var(--page);
                color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
            h1 { font-size: 1.7rem; } h2 { font-size: 1.2rem; margin-top: 2.2rem; }
            .scroll { overflow-x: auto; }
            table { border-collapse: collapse; font-variant-numeric: tabular-nums; margin: .6rem 0; }
            th, td { border-bottom: 1px solid var(--line); padding: .2rem .7rem; text-align: left; }
            th { color: var(--soft); font-weight: 600; } td.number, th.number { text-align: right; }
            figure { margin: 1rem 0; } figcaption { color: var(--soft); font-size: .9rem; }
            svg { max-width: 100%; height: auto; }
            .pictures { display: flex; flex-wrap: wrap; gap: .8rem; }
            .pictures figure { margin: 0; text-align: center; }
            .pictures img { image-rendering: pixelated; border: 1px solid var(--line); }
            .good { color: var(--good); } .bad { color: var(--bad); }
            """;

    private final StringBuilder body = new StringBuilder();
    private final String title;

    /// Empty report.
    public Report(String title) {
        this.title = title;
        body.append("<h1>").append(escape(title)).append("</h1>\n");
    }

    /// A heading.
    public Report section(String heading) {
        body.append("<h2>").append(escape(heading)).append("</h2>\n");
        return this;
    }

    /// A paragraph.
    public Report text(String paragraph) {
        body.append("<p>").append(escape(paragraph)).append("</p>\n");
        return this;
    }

    /// A table of claims with their rules, and whether they hold.
    public Report claims(List<Claim> claims) {
        return table(
                List.of("claim", "rule", "values", "holds"),
                claims.stream()
                        .map(c ->
                                List.of(
                                        c.statement(),
                                        c.rule(),
                                        c.numbers(),
                                        c.holds() ? "yes" : "NO"))
                        .toList());
    }

    /// A table; cells that begin like a number stand on the right.
    ///
    /// @throws IllegalArgumentException if a row has another number of cells than the head
    public Report table(List<String> head, List<List<String>> rows) {
        for (List<String> row : rows) {
            if (row.size() != head.size()) {
                throw new IllegalArgumentException(
                        "report: a row has %d cells, the head of its table has %d"
                                .formatted(row.size(), head.size()));
            }
        }
        body.append("<div class=\"scroll\"><table>\n<tr>");
        for (int c = 0; c < head.size(); c++) {
            cell("th", head.get(c), isNumber(rows, c));
        }
        body.append("</tr>\n");
        for (List<String> row : rows) {
            body.append("<tr>");
            for (int c = 0; c < row.size(); c++) {
                cell("td", row.get(c), isNumber(rows, c));
            }
            body.append("</tr>\n");
        }
        body.append("</table></div>\n");
        return this;
    }

    /// A table of two columns, name and value.
    public Report facts(Map<String, ? extends @Nullable Object> facts) {
        body.append("<div class=\"scroll\"><table>\n");
        facts.forEach((name, value) -> {
            body.append("<tr>");
            cell("th", name, false);
            cell("td", value == null ? "unknown" : value.toString(), false);
            body.append("</tr>\n");
        });
        body.append("</table></div>\n");
        return this;
    }

    private static boolean isNumber(List<List<String>> rows, int column) {
        return !rows.isEmpty()
                && rows.stream().allMatch(r -> r.get(column).matches("[-+−]?[0-9].*|–|"));
    }

    private void cell(String tag, String text, boolean number) {
        body.append('<').append(tag).append(number ? " class=\"number\">" : ">");
        body.append(escape(text)).append("</").append(tag).append('>');
    }

    /// A drawing with a caption.
    ///
    /// @param svg an SVG element
    public Report figure(String svg, String caption) {
        body.append("<figure>").append(svg);
        body.append("<figcaption>").append(escape(caption)).append("</figcaption></figure>\n");
        return this;
    }

    /// Pictures side by side, each with a caption.
    public Report pictures(List<Shown> pictures) {
        body.append("<div class=\"pictures\">\n");
        for (Shown p : pictures) {
            body.append(
                            "<figure><img alt=\"%s\" width=\"%d\" src=\"data:image/png;base64,%s\">"
                                    .formatted(
                                            escape(p.caption),
                                            p.width,
                                            Base64.getEncoder().encodeToString(p.png)))
                    .append("<figcaption class=\"%s\">".formatted(p.mood.css))
                    .append(escape(p.caption))
                    .append("</figcaption></figure>\n");
        }
        body.append("</div>\n");
        return this;
    }

    /// Markup as it is.
    public Report html(String markup) {
        body.append(markup).append('\n');
        return this;
    }

    /// The page.
    @Override
    public String toString() {
        return """
        <!DOCTYPE html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>%s</title>
        <style>
        %s</style>
        </head>
        <body>
        %s</body>
        </html>
        """
                .formatted(escape(title), STYLE, body);
    }

    /// Writes the page in one step.
    ///
    /// @throws IOException if it cannot be written; a file of that name is then unchanged
    public void write(Path file) throws IOException {
        AtomicFile.write(file, toString());
    }

    /// Text with the characters that mean something in HTML and SVG replaced.
    public static String escape(String text) {
        var out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> out.append("&amp;");
                case '<' -> out.append("&lt;");
                case '>' -> out.append("&gt;");
                case '"' -> out.append("&quot;");
                case '\'' -> out.append("&#39;");
                default -> out.append(c);
            }
        }
        return out.toString();
    }

    /// A picture.
    ///
    /// @param png content of a PNG file
    /// @param width width on the page in pixels; small pictures are magnified without blur
    /// @param caption text below
    /// @param mood colour of the text
    @SuppressWarnings("ArrayRecordComponent") // a file to show, never compared
    public record Shown(byte[] png, int width, String caption, Mood mood) {}

    /// Colour of a caption.
    public enum Mood {
        /// As other captions.
        PLAIN(""),
        /// Something that went right.
        GOOD("good"),
        /// Something that went wrong.
        BAD("bad");

        private final String css;

        Mood(String css) {
            this.css = css;
        }
    }
}
