using System.Globalization;
using Rulescope.Text;

namespace Rulescope.Algebra.Reading;

/// <summary>Where a leaf stands in its rule: enough to tell what is asked for together from what is one alternative or another.</summary>
/// <param name="Stage">Index into the reading's stages.</param>
/// <param name="Earlier">Stages whose conditions the same events have met before.</param>
/// <param name="Choices">The alternatives that lead to the leaf, from the root of its condition down.</param>
public sealed record Place(int Stage, EquatableArray<int> Earlier, EquatableArray<Choice> Choices)
{
    const char Stages = ':';

    /// <summary>True when one event can be asked to meet both leaves: no choice parts them, and no event goes past one of them on its way to the other.</summary>
    public bool StandsWith(Place other)
    {
        if (Stage != other.Stage)
            return Earlier.Items.Contains(other.Stage) || other.Earlier.Items.Contains(Stage);
        var depth = Math.Min(Choices.Count, other.Choices.Count);
        for (var i = 0; i < depth && Choices[i].Number == other.Choices[i].Number; i++)
        {
            if (Choices[i].Branch != other.Choices[i].Branch)
                return false;
        }

        return true;
    }

    /// <summary>All but the stage in a few letters; empty for a leaf of the first condition that stands under no choice.</summary>
    public string Text => Earlier.IsEmpty && Choices.IsEmpty ? "" : string.Concat(
        string.Join(' ', Earlier.Items.Select(e => e.ToString(CultureInfo.InvariantCulture))), Stages, string.Join(' ', Choices.Items.Select(c => c.Text)));

    /// <summary>The place of a <see cref="Text"/>.</summary>
    public static Place Parse(int stage, string text) => text.Split(Stages) is [var earlier, var choices]
        ? new(stage, [.. Words(earlier).Select(Number)], [.. Words(choices).Select(c => c.Split('.')).Where(c => c.Length == 2).Select(c => new Choice(Number(c[0]), Number(c[1])))])
        : new(stage, [], []);

    static string[] Words(string text) => text.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    static int Number(string text) => int.TryParse(text, CultureInfo.InvariantCulture, out var number) ? number : -1;
}

/// <summary>One branch of a choice between alternatives.</summary>
/// <param name="Number">Which choice of the condition.</param>
/// <param name="Branch">Which of its alternatives.</param>
public readonly record struct Choice(int Number, int Branch)
{
    internal string Text => string.Create(CultureInfo.InvariantCulture, $"{Number}.{Branch}");
}
