import module java.base;

import com.google.googlejavaformat.java.Main;

/// Runs google-java-format (AOSP style) over every Java source below a folder.
///
/// Arguments: `check` (list what is not formatted and fail) or `apply` (rewrite it), then the
/// folder. Build outputs (`target`) and hidden folders are left out.
void main(String[] args) throws Exception {
    boolean apply = args[0].equals("apply");
    if (!apply && !args[0].equals("check")) {
        System.err.println("format: expected -Dformat=check or -Dformat=apply, got " + args[0]);
        System.exit(2);
    }
    var command = new ArrayList<String>(List.of("--aosp", "--skip-reflowing-long-strings"));
    command.addAll(apply ? List.of("--replace") : List.of("--dry-run", "--set-exit-if-changed"));
    command.addAll(sources(Path.of(args[1]).normalize()));
    var out = new StringWriter();
    var err = new PrintWriter(System.err);
    var formatter = new Main(new PrintWriter(out, true), err, System.in);
    int status = formatter.format(command.toArray(String[]::new));
    out.toString().lines().forEach(file -> err.println("not formatted: " + file));
    err.flush();
    if (status != 0 && !apply) {
        System.err.println("format: run `make format` (mvn -q -pl build verify -Dformat=apply)");
    }
    System.exit(status);
}

List<String> sources(Path root) throws IOException {
    var found = new ArrayList<String>();
    Files.walkFileTree(
            root,
            new SimpleFileVisitor<>() {
                @Override
                public FileVisitResult preVisitDirectory(Path dir, BasicFileAttributes attributes) {
                    String name = dir.getFileName().toString();
                    boolean ours =
                            dir.equals(root) || !name.equals("target") && !name.startsWith(".");
                    return ours ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
                }

                @Override
                public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                    if (file.toString().endsWith(".java")) {
                        found.add(file.toString());
                    }
                    return FileVisitResult.CONTINUE;
                }
            });
    Collections.sort(found);
    return found;
}
