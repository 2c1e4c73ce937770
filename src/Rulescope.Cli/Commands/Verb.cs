using System.CommandLine;

namespace Rulescope.Cli.Commands;

/// <summary>A command line somebody may type, and what it does.</summary>
sealed record Example(string Line, string Meaning);

/// <summary>A verb with the examples its help page shows.</summary>
sealed class Verb(string name, string purpose, params Example[] examples) : Command(name, purpose)
{
    public IReadOnlyList<Example> Examples => examples;
}
