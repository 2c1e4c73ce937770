using Rulescope.Packages;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Packages;

public class ShippedPackageTests
{
    static readonly IReadOnlyList<PackageReading> Shipped = [.. PackageFiles.OpenAll(Path.Combine(Repository.Root, "content", "packages")).Select(PackageReading.Of)];

    public static TheoryData<string> Names => [.. Shipped.Select(p => p.Files.Name)];

    [Fact]
    public void There_is_one_for_cloud_services() => Assert.Contains(Shipped, p => p.Package is { Id: "t1021.007-sentinel", Technique: "T1021.007" });

    [Theory]
    [MemberData(nameof(Names))]
    public void Nothing_is_found_in_it(string name)
    {
        var package = Of(name);
        Assert.Equal("", MadePackage.Lines(package.Findings.Concat(PackageChecks.Of(package).Findings)));
        Assert.Equal(name, package.Package.Id);
        Assert.Equal(package.Package.Version, package.Package.Changes[^1].Version);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_signal_is_found_and_every_event_goes_as_it_must(string name)
    {
        var evidence = PackageValidation.Run(Of(name));
        Assert.Equal("", MadePackage.Lines(evidence.Findings));
        Assert.NotEmpty(evidence.Tests);
        Assert.All(evidence.Tests, test =>
        {
            Assert.NotEmpty(test.Signals.Items);
            Assert.True(test.Holds, test.Test.Id);
            Assert.Contains(test.Events, e => e is { Found: true, Event.Expect: Expectation.Match });
            Assert.Contains(test.Events, e => e is { Found: false, Failed: not null, Event.Expect: Expectation.NearMiss });
            Assert.Contains(test.Events, e => e is { Found: false, Event.Expect: Expectation.NoMatch });
        });
    }

    [Fact]
    public void Its_tables_are_derived_from_its_query()
    {
        var tables = PackageChecks.Of(Of("t1021.007-sentinel")).Tables;
        Assert.Equal(["SigninLogs", "AADNonInteractiveUserSignInLogs", "AWSCloudTrail"], tables.Select(t => t.Name));
        Assert.Equal(["ResultType", "AppId", "AuthenticationProtocol", "AuthenticationRequirement", "DeviceDetail"], tables[0].Tested);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_reference_is_an_address_of_its_own(string name)
    {
        var references = Of(name).Package.References;
        Assert.Equal(references.Count, references.Select(r => r.Url).Distinct(StringComparer.Ordinal).Count());
    }

    static PackageReading Of(string name) => Shipped.Single(p => p.Files.Name == name);
}
