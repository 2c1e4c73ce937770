using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Rulescope.Algebra.Reading;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Corpus;

/// <summary>A row of the guide.</summary>
sealed record ByHandRow(string Side, string Field, string Operator, string Value)
{
    public static ByHandRow Of(Observation seen) => new(seen.Side.ToString().ToLowerInvariant(), seen.Field, seen.Operator.Word(), seen.Value ?? "");

    public override string ToString() => Value.Length == 0 ? $"{Side} | {Field} | {Operator}" : $"{Side} | {Field} | {Operator} | {Value}";
}

/// <summary>What a person reads in one rule; the file's head explains the form.</summary>
sealed record ByHandRule(string Path, ImmutableArray<ByHandRow> Rows);

/// <summary>The rules of one language that a seed picked, as a person reads them: <c>cases/LANGUAGE/by-hand.txt</c>.</summary>
sealed record ByHand(ImmutableArray<ByHandRule> Rules)
{
    public const int Seed = 20261122;

    public const int Count = 60;

    public static ByHand Load(string language)
    {
        var rules = ImmutableArray.CreateBuilder<ByHandRule>();
        var rows = ImmutableArray.CreateBuilder<ByHandRow>();
        var path = "";
        foreach (var line in File.ReadLines(Path.Combine(Repository.Root, "tests", "Rulescope.Tests", "cases", language, "by-hand.txt")).Append("# "))
        {
            if (line.StartsWith("# ", StringComparison.Ordinal))
            {
                if (path.Length > 0)
                    rules.Add(new(path, rows.ToImmutable()));
                rows.Clear();
                path = line[2..];
            }
            else if (line.Length > 0 && !line.StartsWith("//", StringComparison.Ordinal) && !line.StartsWith("unread |", StringComparison.Ordinal))
            {
                rows.Add(Row(line));
            }
        }

        return new(rules.ToImmutable());
    }

    /// <summary>The paths that the seed picks of a population, in their order.</summary>
    public static IEnumerable<string> Pick(IEnumerable<string> population) => population.OrderBy(Key, StringComparer.Ordinal).Take(Count);

    /// <summary>The name by which a rule is found: its metadata and its code may lie in two files of one name.</summary>
    public static string Stem(string path) => Path.ChangeExtension(path, null).ToUpperInvariant();

    static string Key(string path) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}:{path}")));

    static ByHandRow Row(string line)
    {
        var remark = line.LastIndexOf(" ; ", StringComparison.Ordinal);
        var parts = (remark < 0 ? line : line[..remark]).Split(" |", 4);
        Assert.True(parts.Length == 4, line);
        Assert.True(ReadOperators.Parse(parts[2].Trim()) is not null, line);
        var value = parts[3].Trim();
        return new(parts[0], parts[1].Trim(), parts[2].Trim(), value.Length > 1 && value[0] == '"' && value[^1] == '"' ? value[1..^1] : value);
    }
}
