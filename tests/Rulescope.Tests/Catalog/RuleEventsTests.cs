using Rulescope.Catalog.Events;
using Rulescope.Catalog.Guide;

namespace Rulescope.Tests.Catalog;

/// <summary>Which events a rule covers: never by a number or the name of an operation alone.</summary>
public class RuleEventsTests
{
    [Theory]
    [InlineData("aws", "cloudtrail", "eventName: GetSigninToken", "aws/GetSigninToken")]
    [InlineData("aws", "cloudtrail", "eventSource: signin.amazonaws.com\n    eventName: GetSigninToken", "aws/GetSigninToken")]
    [InlineData("aws", "cloudtrail", "eventSource: ec2.amazonaws.com\n    eventName: GetSigninToken", "")]
    [InlineData("aws", "cloudtrail", "eventName|startswith: BatchGetSecret", "aws/BatchGetSecretValue")]
    [InlineData("aws", "cloudtrail", "userAgent: GetSigninToken", "")]
    [InlineData("okta", "okta", "eventName: GetSigninToken", "")]
    [InlineData("okta", "okta", "eventtype: system.api_token.create", "okta/system.api_token.create")]
    [InlineData("windows", "security", "EventID: 4688", "security/4688")]
    [InlineData("windows", "security", "EventID:\n      - 4728\n      - 4732", "security/4728 security/4732")]
    [InlineData("windows", "system", "EventID: 4688", "")]
    [InlineData("windows", "system", "Provider_Name: Service Control Manager\n    EventID: 7045", "system/7045")]
    [InlineData("windows", "system", "Provider_Name: Somebody Else\n    EventID: 7045", "")]
    [InlineData("windows", "security", "SubjectUserName: mara", "")]
    [InlineData("linux", "auditd", "EventID: 4688", "")]
    [InlineData("kubernetes", "audit", "verb: create\n    objectRef.resource: clusterroles", "kubernetes/create-clusterroles")]
    [InlineData("kubernetes", "audit", "verb: create", "")]
    [InlineData("kubernetes", "audit", "verb: create\n    objectRef.resource: pods\n    objectRef.subresource: exec", "")]
    public void A_rule_covers_what_it_tests_in_its_log_source(string product, string service, string selection, string events)
    {
        using var fixture = new CatalogFixture().With("one", CatalogFixture.Rule("one", $"selection:\n    {selection}\ncondition: selection", product: product, service: service));
        fixture.Build();
        using var catalog = fixture.Open();
        Assert.Equal(events, string.Join(' ', new EventReader(catalog).All().Where(e => e.Rules > 0).Select(e => e.Event.Id).Order(StringComparer.Ordinal)));
        Assert.Equal(events, string.Join(' ', new GuideReader(catalog).Read(new("T1021.007"), out _)!.Events.Select(e => e.Id)));
    }

    [Fact]
    public void An_excluded_event_is_not_covered()
    {
        using var fixture = new CatalogFixture().With("one", CatalogFixture.Rule("one", "selection:\n    eventName: CreateUser\nfilter:\n    eventName: CreateRole\ncondition: selection and not filter"));
        fixture.Build();
        using var catalog = fixture.Open();
        Assert.Equal("aws/CreateUser", Assert.Single(new EventReader(catalog).All(), e => e.Rules > 0).Event.Id);
    }

    [Fact]
    public void An_event_page_has_its_rules_by_technique_and_what_they_look_for()
    {
        using var fixture = new CatalogFixture()
            .With("one", CatalogFixture.Rule("one", "selection:\n    eventName: CreateUser\n    userAgent: tool\ncondition: selection"))
            .With("two", CatalogFixture.Rule("two", "selection:\n    eventName: CreateUser\ncondition: selection", tags: "attack.t1136.003"));
        fixture.Build();
        using var catalog = fixture.Open();
        var page = new EventReader(catalog).Read("AWS/createuser", out _)!;
        Assert.Equal(2, page.Rules);
        Assert.Equal(["T1021.007", "T1136.003"], page.Techniques.Select(t => t.Id));
        var vendor = Assert.Single(page.Vendors);
        Assert.Contains(vendor.Indicators, i => i is { Field: "aws::userAgent", Value: "tool", Rules: 1 });
        Assert.Contains(vendor.Indicators, i => i is { Field: "aws::eventName", Value: "CreateUser", Rules: 2 });
    }

    [Theory]
    [InlineData("4688", "'security/4688'")]
    [InlineData("nothing", "an id is a group and a name")]
    public void An_unknown_event_is_explained(string id, string message)
    {
        using var fixture = new CatalogFixture().With("one", CatalogFixture.Rule("one", "selection:\n    eventName: CreateUser\ncondition: selection"));
        fixture.Build();
        using var catalog = fixture.Open();
        Assert.Null(new EventReader(catalog).Read(id, out var said));
        Assert.Contains(message, said, StringComparison.Ordinal);
    }
}
