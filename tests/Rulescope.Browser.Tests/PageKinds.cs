namespace Rulescope.Browser.Tests;

/// <summary>One page of every kind over the starter rules.</summary>
static class PageKinds
{
    public static IReadOnlyList<(string Name, string Address)> All { get; } =
    [
        ("home", "/"),
        ("techniques", "/techniques"),
        ("matrix", "/matrix"),
        ("technique", "/techniques/T1021.007"),
        ("technique-filtered", "/techniques/T1021.007?vendor=elastic&role=all"),
        ("technique-empty", "/techniques/T1001"),
        ("draft", "/techniques/T1021.007/draft?lang=sigma"),
        ("rule-sigma", "/rules/sigma/6f5c887e-5bea-43af-ade4-f87403a6e85b"),
        ("rule-elastic", "/rules/elastic/e6e4a058-c1e9-4179-aa9b-278a187d699f"),
        ("rule-splunk", "/rules/splunk/5a0b9a37-2f63-4a7e-9d3c-6a5e0c1f7d21"),
        ("rule-google", "/rules/google/3b9f6a52-0d7e-4d1b-8a35-9d1c5b7e2f10"),
        ("rule-panther", "/rules/panther/6e531c3e-62d7-47e0-8491-f5a8ae7fe2f7"),
        ("rule-microsoft", "/rules/microsoft/fc9874f9-dd95-423b-9c71-9e4105a0f748"),
        ("search", "/search?q=session"),
        ("search-error", "/search?q=level%3A%22high"),
        ("events", "/events"),
        ("event", "/events/sysmon/1"),
        ("fields", "/fields"),
        ("field", "/fields/CommandLine"),
        ("logsources", "/logsources"),
        ("logsource", "/logsources/aws/cloudtrail"),
        ("vendors", "/vendors"),
        ("vendor", "/vendors/sigma"),
        ("packages", "/packages"),
        ("package", "/packages/t1021.007-sentinel"),
        ("compare", "/compare"),
        ("compared", "/compare?rule=elastic/e6e4a058-c1e9-4179-aa9b-278a187d699f"),
        ("about", "/about"),
    ];

    public static TheoryData<string> Names => [.. All.Select(k => k.Name)];

    public static string AddressOf(string name) => All.Single(k => k.Name == name).Address;
}
