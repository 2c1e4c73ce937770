namespace Rulescope.Cli;

/// <summary>What the program tells the shell.</summary>
static class ExitCodes
{
    /// <summary>It ran.</summary>
    public const int Ok = 0;

    /// <summary>It ran and has findings or failures to tell.</summary>
    public const int Findings = 1;

    /// <summary>It could not run; one line on stderr says why.</summary>
    public const int CouldNotRun = 2;
}
