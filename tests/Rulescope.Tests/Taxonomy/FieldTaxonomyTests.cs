using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Reading;
using Rulescope.Taxonomy.Fields;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Taxonomy;

public class FieldTaxonomyTests
{
    public static TheoryData<CaseFile.Case> FileCases => CaseFile.Load("taxonomy/fields.cases");

    [Theory]
    [MemberData(nameof(FileCases))]
    public void Taxonomy_files_read_as_expected(CaseFile.Case @case)
    {
        var read = FieldTaxonomyFile.Load([new("input", @case.Input)], LogSourceCatalog.Shipped);
        CaseFile.Check(@case, string.Join('\n',
        [
            .. read.Value.Concepts.Select(c => $"concept {c.Name}, {c.Role}{(c.Choice == ActorChoice.NotKnown ? "" : $", {c.Choice} chosen by the actor")}"),
            .. read.Value.Bindings.Select(b => $"binding {b.Id} is {b.Concept}, {b.Relation}, {b.Transform.GetType().Name}"),
            .. read.Diagnostics.Select(d => d.ToString()),
        ]));
    }

    [Theory]
    [InlineData("CommandLine", ActorChoice.Whole)]
    [InlineData("aws::userAgent", ActorChoice.Whole)]
    [InlineData("aws::requestParameters.roleName", ActorChoice.Whole)]
    [InlineData("aws::sourceIPAddress", ActorChoice.Whole)]
    [InlineData("entra::AppDisplayName", ActorChoice.Whole)]
    [InlineData("entra::DeviceDetail.operatingSystem", ActorChoice.Whole)]
    [InlineData("TargetFilename", ActorChoice.End)]
    [InlineData("aws::userIdentity.arn", ActorChoice.None)]
    [InlineData("entra::AppId", ActorChoice.None)]
    [InlineData("k8s::user.groups", ActorChoice.None)]
    [InlineData("o365::Operation", ActorChoice.None)]
    [InlineData("sha256", ActorChoice.None)]
    [InlineData("EventID", ActorChoice.NotKnown)]
    public void The_shipped_taxonomy_says_what_an_actor_can_choose_and_why(string name, ActorChoice choice)
    {
        var concept = FieldTaxonomy.Shipped.Find(name);
        Assert.Equal(choice, concept?.Choice);
        Assert.Equal(choice != ActorChoice.NotKnown, concept?.ChoiceReason.EndsWith('.'));
    }

    [Fact]
    public void The_shipped_files_are_without_findings() =>
        Assert.Empty(FieldTaxonomyFile.Load(FieldTaxonomy.ShippedFiles, LogSourceCatalog.Shipped).Diagnostics);

    [Theory]
    [InlineData("elastic", "event.action", "aws/cloudtrail", "aws::eventName")]
    [InlineData("elastic", "event.action", "", "event.action")]
    [InlineData("google", "target.process.file.full_path", "windows/process_creation", "Image")]
    [InlineData("google", "target.process.file.full_path", "", "target.process.file.full_path")]
    [InlineData("microsoft", "InitiatingProcessCommandLine", "windows/process_creation", "ParentCommandLine")]
    [InlineData("microsoft", "InitiatingProcessCommandLine", "windows/file_event", "CommandLine")]
    [InlineData("sigma", "requestParameters.policyArn", "aws/cloudtrail", "aws::requestParameters.policyArn")]
    [InlineData("splunk", "User", "windows/sysmon", "User")]
    [InlineData("splunk", "user", "windows/sysmon", "user.name")]
    [InlineData("sigma", "noSuchField", "aws/cloudtrail", null)]
    [InlineData("google", "metadata.product_event_type", "aws/cloudtrail", "aws::eventName")]
    public void A_name_means_what_its_source_says(string vocabulary, string field, string source, string? name) =>
        Assert.Equal(name, FieldTaxonomy.Shipped.Resolve(vocabulary, field, source.Length == 0 ? [] : [source])?.Name);

    [Theory]
    [InlineData("user.name", "user.name", "user.name")]
    [InlineData("username", "user.name", "udm:username")]
    [InlineData("username", null, "udm:username")]
    [InlineData("length(user.name)", "user.name", null)]
    public void A_value_shown_under_a_name_of_its_own_is_a_data_models(string shown, string? path, string? native)
    {
        var target = path is null ? null : new Reference.Field(new([.. path.Split('.').Select(k => new PathSegment.Key(k))]));
        Assert.Equal(native, NativeField.Of(shown, target));
    }

    [Theory]
    [InlineData(ReadOperator.Eq, "Cmd.exe", "windows", "EndsWith \\cmd.exe")]
    [InlineData(ReadOperator.In, "bash", "linux", "EndsWith /bash")]
    [InlineData(ReadOperator.Eq, "cmd.exe", "windows linux", "EndsWith \\cmd.exe")]
    [InlineData(ReadOperator.Eq, "bash", "windows linux", null)]
    [InlineData(ReadOperator.Eq, "bash", "network", null)]
    [InlineData(ReadOperator.Eq, "cmd.exe", "web", "EndsWith \\cmd.exe")]
    [InlineData(ReadOperator.EndsWith, "shell.exe", "windows", "EndsWith shell.exe")]
    [InlineData(ReadOperator.StartsWith, "cmd", "windows", null)]
    public void A_name_is_the_end_of_a_path(ReadOperator relation, string value, string platforms, string? expected)
    {
        var test = new ValueTransform.LastSegment().Apply(new(relation, value), [.. platforms.Split(' ')]);
        Assert.Equal(expected, test is { } found ? $"{found.Operator} {found.Value}" : null);
    }

    [Theory]
    [InlineData(ReadOperator.Eq, "Debugger", "EndsWith \\debugger")]
    [InlineData(ReadOperator.EndsWith, "bugger", "EndsWith bugger")]
    [InlineData(ReadOperator.Contains, "bug", null)]
    public void The_name_of_a_registry_value_ends_its_path_on_any_platform(ReadOperator relation, string value, string? expected) =>
        Assert.Equal(expected, new ValueTransform.LastKey().Apply(new(relation, value), []) is { } found ? $"{found.Operator} {found.Value}" : null);

    [Fact]
    public void A_registry_root_reads_in_one_spelling()
    {
        var transform = new ValueTransform.Beginnings([new(@"HKEY_LOCAL_MACHINE\", @"HKLM\")]);
        Assert.Equal(@"hklm\software\x", transform.Apply(new(ReadOperator.StartsWith, @"hkey_local_machine\software\x"), [])?.Value);
        Assert.Equal(@"\software\x", transform.Apply(new(ReadOperator.Contains, @"\software\x"), [])?.Value);
    }

    [Theory]
    [InlineData("elastic", "index", "logs-aws.cloudtrail-*", "aws/cloudtrail")]
    [InlineData("elastic", "index", "logs-aws.cloud*", "aws/cloudtrail")]
    [InlineData("elastic", "index", "filebeat-*", "")]
    [InlineData("elastic", "index", "logs-*", "")]
    [InlineData("elastic", "dataset", "AWS.CloudTrail", "aws/cloudtrail")]
    [InlineData("microsoft", "table", "DeviceProcessEvents", "windows/process_creation linux/process_creation macos/process_creation")]
    [InlineData("panther", "log_type", "AWS.CloudTrail", "aws/cloudtrail")]
    [InlineData("sigma", "category", "process_creation", "windows/process_creation linux/process_creation macos/process_creation")]
    public void A_source_is_known_by_what_a_vendor_calls_it(string vendor, string key, string value, string ids)
    {
        var found = new SourceScopes(LogSourceCatalog.Shipped, FieldTaxonomy.Shipped).Of(new(vendor, [new(key, [value])]));
        Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), found.Order(StringComparer.Ordinal));
    }
}
