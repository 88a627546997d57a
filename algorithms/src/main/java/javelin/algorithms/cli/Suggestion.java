package javelin.algorithms.cli;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;

/// What the user may have meant.
final class Suggestion {
    private Suggestion() {}

    /// `unknown KIND 'WORD'`, what was perhaps meant, and the list of all.
    static String unknown(String kind, String word, Collection<String> known) {
        return "unknown %s '%s'%s; choose one of %s"
                .formatted(kind, word, text(word, known), String.join(", ", known));
    }

    /// ` (did you mean …?)` if a known word is near, else nothing.
    static String text(String word, Collection<String> known) {
        String small = word.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(k -> near(small, k))
                .min(Comparator.comparingInt(k -> distance(small, k)))
                .map(k -> " (did you mean '%s'?)".formatted(k))
                .orElse("");
    }

    private static boolean near(String word, String known) {
        boolean begun = word.length() >= 3 && known.startsWith(word);
        return begun || distance(word, known) <= Math.max(1, word.length() / 4);
    }

    /// Number of letters to insert, remove or replace (Levenshtein distance).
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
