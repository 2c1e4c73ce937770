using System.Globalization;
using System.Text;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Web.Tests;

/// <summary>The rules behind the tests, all written for them.</summary>
static class OwnRules
{
    public const int Crowd = 300;

    public const string Tunnel = "0b7c5f5e-3a52-4c0e-9d0e-000000000001";
    public const string Shell = "0b7c5f5e-3a52-4c0e-9d0e-000000000002";
    public const string Hostile = "0b7c5f5e-3a52-4c0e-9d0e-000000000666";
    public const string Former = "0b7c5f5e-3a52-4c0e-9d0e-000000000003";
    public const string Listed = "0b7c5f5e-3a52-4c0e-9d0e-000000000004";

    public static IReadOnlyList<(string Path, string Yaml)> All { get; } =
    [
        ("rules/cloud/tunnel.yml", TunnelRule),
        ("rules/windows/shell.yml", ShellRule),
        ("rules/windows/hostile.yml", HostileRule),
        ("rules/windows/listed.yml", ListedRule),
        ("deprecated/former.yml", FormerRule),
        .. Enumerable.Range(0, Crowd).Select(i => ($"rules/windows/crowd/{i.ToString(CultureInfo.InvariantCulture)}.yml", CrowdRule(i))),
    ];

    /// <summary>A description of our own for two techniques, as a user's ATT&amp;CK file would bring one.</summary>
    public static AttackDescriptions Attack()
    {
        const string json = """
            {"attack_version": "18.1", "techniques": [
              {"id": "T1021.007", "name": "Cloud Services", "tactics": ["lateral-movement"], "platforms": ["IaaS"], "desc": "First words of ours about [clouds](https://example.org).\n\nSecond words behind a fold."},
              {"id": "T1562.001", "name": "Disable or Modify Tools", "tactics": ["defense-evasion"], "platforms": ["Windows"], "desc": "Words about a former id."}
            ]}
            """;
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(json));
        return AttackReader.Read(stream, "own.json").Value;
    }

    const string TunnelRule = """
        title: Tunnel Through A Managed Instance
        id: 0b7c5f5e-3a52-4c0e-9d0e-000000000001
        status: experimental
        description: |
            A session was opened that uses
            an instance as a relay.

            Another paragraph.
        author: Ada Example, Ben Example
        date: 2026-01-02
        modified: 2026-03-04
        license: Apache-2.0
        tags:
            - attack.t1021.007
        logsource:
            product: aws
            service: cloudtrail
        detection:
            selection:
                eventSource: ssm.amazonaws.com
                eventName: StartSession
            filter_main_admin:
                userIdentity.userName|startswith: admin-
                sourceIPAddress: 192.0.2.7
            condition: selection and not 1 of filter_*
        level: medium
        """;

    const string ShellRule = """
        title: Shell Opens A Session
        id: 0b7c5f5e-3a52-4c0e-9d0e-000000000002
        status: test
        description: A process opens a session to a cloud.
        author: Ada Example
        date: 2026-02-03
        tags:
            - attack.t1021.007
            - attack.t1562.001
        logsource:
            product: windows
            category: process_creation
        detection:
            selection:
                CommandLine|contains: ' start-session '
            condition: selection
        level: high
        """;

    // Whoever writes a rule may write anything into it.
    const string HostileRule = """
        title: '<script>alert(1)</script> "quoted" & <b>bold</b>'
        id: 0b7c5f5e-3a52-4c0e-9d0e-000000000666
        status: '<script>'
        description: '<img src=x onerror=alert(2)> [text](javascript:alert(2))'
        author: '<img src=x onerror=alert(2)>, "><script>alert(3)</script>'
        date: 2026-02-03
        references:
            - javascript:alert(4)
            - data:text/html,<script>alert(4)</script>
            - https://example.org/safe?a=1&b=2
        tags:
            - attack.t1021.007
            - attack.t9999"><script>
        logsource:
            product: windows
            category: process_creation
        detection:
            selection:
                CommandLine|contains: '"><script>alert(5)</script>'
            filter_main_"><script>:
                User: '<svg onload=alert(6)>'
            condition: selection and not 1 of filter_*
        falsepositives:
            - '</li><script>alert(7)</script>'
        level: '"><script>alert(8)</script>'
        """;

    // One long list, and a field that only picks the log source.
    const string ListedRule = """
        title: Scripts Of A Long List
        id: 0b7c5f5e-3a52-4c0e-9d0e-000000000004
        status: test
        author: Ada Example
        date: 2026-02-03
        tags:
            - attack.t1059.007
        logsource:
            product: windows
            service: application
        detection:
            selection:
                Provider_Name: own-provider
                User: own-user
                ScriptName:
                    - own-script-00
                    - own-script-01
                    - own-script-02
                    - own-script-03
                    - own-script-04
                    - own-script-05
                    - own-script-06
                    - own-script-07
                    - own-script-08
                    - own-script-09
                    - own-script-10
            condition: selection
        level: low
        """;

    const string FormerRule = """
        title: A Rule Its Makers Withdrew
        id: 0b7c5f5e-3a52-4c0e-9d0e-000000000003
        tags:
            - attack.t1021.007
        logsource:
            product: aws
            service: cloudtrail
        detection:
            selection:
                eventName: Withdrawn
            condition: selection
        """;

    // A technique with very many rules and values.
    static string CrowdRule(int number)
    {
        var id = new Guid(number + 1, 7, 7, [1, 2, 3, 4, 5, 6, (byte)(number * 31), (byte)(number * 17)]);
        var values = Enumerable.Range(0, 12).Select(i => $"            - 'word-{((number * 7) + (i * 13)) % 400}'");
        return $"""
            title: Crowd Rule {number} About Some Command Line
            id: {id}
            status: test
            author: Ada Example
            date: 2026-02-03
            tags:
                - attack.t1059.001
            logsource:
                product: windows
                category: process_creation
            detection:
                selection:
                    Image|endswith: '\powershell.exe'
                    CommandLine|contains:
            {string.Join('\n', values.Select(v => "    " + v))}
                condition: selection
            level: low
            """;
    }
}
