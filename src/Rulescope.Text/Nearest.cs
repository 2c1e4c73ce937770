namespace Rulescope.Text;

/// <summary>Finds the word somebody may have meant.</summary>
public static class Nearest
{
    /// <summary>The candidate with the fewest letters to change, at most two fifths of them; null where none is near.</summary>
    public static string? Of(string word, IEnumerable<string> candidates)
    {
        if (word.Length > 40)
            return null;
        var best = candidates.Select(c => (Word: c, Distance: Distance(word.ToLowerInvariant(), c))).OrderBy(c => c.Distance).FirstOrDefault();
        return best.Word is not null && best.Distance <= Math.Max(1, Math.Max(word.Length, best.Word.Length) * 2 / 5) ? best.Word : null;
    }

    // Levenshtein's, one row at a time.
    static int Distance(string one, string other)
    {
        var row = Enumerable.Range(0, other.Length + 1).ToArray();
        for (var i = 1; i <= one.Length; i++)
        {
            var diagonal = row[0];
            row[0] = i;
            for (var j = 1; j <= other.Length; j++)
            {
                var above = row[j];
                row[j] = Math.Min(Math.Min(row[j], row[j - 1]) + 1, diagonal + (one[i - 1] == other[j - 1] ? 0 : 1));
                diagonal = above;
            }
        }

        return row[^1];
    }
}
