package dev.llmsim.cassette.text;

import java.util.Set;

/**
 * What a YAML file may contain.
 *
 * @param maxDocumentChars the most characters in one document
 * @param maxDepth the deepest nesting
 * @param maxNodes the most values in the whole file, what an alias stands for counted again at each use
 * @param tags the explicit tags that are accepted
 * @param aliases whether a value may be named (anchor) and used again (alias)
 */
public record YamlRules(int maxDocumentChars, int maxDepth, int maxNodes, Set<String> tags, boolean aliases) {
    public YamlRules {
        tags = Set.copyOf(tags);
        if (maxDocumentChars <= 0 || maxDepth <= 0 || maxNodes <= 0) {
            throw new IllegalArgumentException(
                    "limits: " + maxDocumentChars + ", " + maxDepth + ", " + maxNodes + " (expected: each above 0)");
        }
    }
}
