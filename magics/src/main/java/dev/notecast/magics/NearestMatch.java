package dev.notecast.magics;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Guesses what a mistyped word was meant to be. */
public final class NearestMatch {
    private NearestMatch() {}

    /**
     * What is wrong, with the word that was meant, or else with those that there are.
     *
     * @param unknown the mistyped word, null where that is not what is wrong
     */
    static String meant(String problem, String unknown, Collection<String> candidates) {
        if (unknown == null || candidates.isEmpty()) {
            return problem;
        }
        return of(unknown, candidates)
                .map(nearest -> problem + ", did you mean '" + nearest + "'?")
                .orElse(problem + ": there is " + String.join(", ", candidates));
    }

    /** The candidate with the fewest edits, when they are few for the word's length. */
    public static Optional<String> of(String word, Collection<String> candidates) {
        int limit = Math.max(1, word.length() / 3);
        return candidates.stream()
                .filter(candidate -> edits(word, candidate) <= limit || isLongPrefix(word, candidate))
                .min(Comparator.<String>comparingInt(candidate -> edits(word, candidate))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isLongPrefix(String word, String candidate) {
        return word.replace("-", "").length() >= 3 && candidate.startsWith(word);
    }

    /** Insertions, deletions, replacements and swaps of neighbours that turn {@code a} into {@code b}. */
    static int edits(String a, String b) {
        int[][] cost = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    cost[i][j] = i + j;
                    continue;
                }
                int replace = cost[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                cost[i][j] = Math.min(replace, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
                boolean swapped =
                        i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
                if (swapped) {
                    cost[i][j] = Math.min(cost[i][j], cost[i - 2][j - 2] + 1);
                }
            }
        }
        return cost[a.length()][b.length()];
    }
}
