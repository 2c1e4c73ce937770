namespace Rulescope.Cli.Tests;

/// <summary>Rules written for these tests.</summary>
static class Rules
{
    public const string Shell = """
        title: Shell With A Marker
        id: 3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0001
        status: test
        level: high
        description: A shell that is started with a marker of the tests.
        author: Rulescope
        date: 2026-01-05
        tags:
          - attack.execution
          - attack.t1059.001
        logsource:
          product: windows
          category: process_creation
        detection:
          selection:
            Image|endswith: '\shell.exe'
            CommandLine|contains:
              - '--Alpha'
              - '--beta'
          filter_main_agent:
            ParentImage|endswith: '\agent.exe'
            User: SYSTEM
          condition: selection and not 1 of filter_main_*
        falsepositives:
          - The agent of the tests
        """;

    public const string Console = """
        title: Console With A Marker
        id: 3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0002
        status: test
        level: medium
        author: Rulescope
        date: 2026-02-05
        tags:
          - attack.t1059.001
        logsource:
          product: windows
          category: process_creation
        detection:
          selection:
            Image|endswith: '\console.exe'
            CommandLine|contains: '--alpha'
          condition: selection
        """;

    public const string Old = """
        title: Withdrawn Rule
        id: 3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0003
        status: deprecated
        level: low
        tags:
          - attack.t1059.001
        logsource:
          product: windows
        detection:
          selection:
            CommandLine: old
          condition: selection
        """;

    public const string Broken = """
        title: Broken Rule
        id: 3d1f7f7e-0a51-4a10-9f0e-6a1c7a3a0004
        logsource:
          product: windows
        detection:
          selection: [
        """;

    /// <summary>A rule of many.</summary>
    public static string Numbered(int number) => $"""
        title: Numbered Rule {number}
        id: 3d1f7f7e-0a51-4a10-9f0e-6a1c{number:x8}
        level: low
        tags:
          - attack.t1059
        logsource:
          product: windows
          category: process_creation
        detection:
          selection:
            CommandLine|contains:
              - 'value-{number}'
              - 'value-{number + 1}'
          condition: selection
        """;
}
