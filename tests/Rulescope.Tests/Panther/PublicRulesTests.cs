using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Languages.Panther;
using Rulescope.Languages.Python;
using Rulescope.Languages.Yaml;
using Rulescope.Tests.Python;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Panther;

/// <summary>The public rules: how many are read, why the others are not, and whether what is read gives what their own unit tests and CPython say.</summary>
public class PublicRulesTests
{
    const string CheckoutAbsent = "name a checkout of panther-analysis in RULESCOPE_PANTHER";
    const int Changes = 4;

    // Rules whose reading differs from CPython on some changed event, with the reason.
    static readonly Dictionary<string, string> Known = new(StringComparer.Ordinal)
    {
        ["rules/crowdstrike_rules/event_stream_rules/crowdstrike_admin_role_assigned.py"] = "a key that is no text, in a dict made of a list",
        ["rules/duo_rules/duo_admin_marked_push_fraudulent.py"] = "keys of a JSON text are found in any letter case here",
        ["rules/github_rules/github_supply_chain_suspicious_user_agents.py"] = "a list is looked for in a set",
        ["rules/kubernetes_rules/k8s_role_write_permissions.py"] = "a list is looked for in a set",
        ["rules/gsuite_reports_rules/gsuite_drive_visibility_change.py"] = "a value that raises is not used",
        ["rules/microsoft_rules/microsoft_exchange_external_forwarding.py"] = "a value that raises is not used",
        ["rules/onelogin_rules/onelogin_active_login_activity.py"] = "Python makes an address of a number",
        ["rules/osquery_rules/osquery_linux_logins_non_office.py"] = "Python makes an address of a number",
    };

    sealed record Rule(string Path, string Text, LogSource Source);

    [Fact]
    public void Most_rules_are_read_and_the_rest_say_why()
    {
        var (rules, library) = Checkout();
        var unread = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var rule in rules)
        {
            Assert.True(PythonParser.Parse(rule.Text).IsComplete, rule.Path);
            var read = SymbolicReading.Read(rule.Text, rule.Source, library);
            if (!IsWhole(read))
                unread[rule.Path] = string.Join("; ", read.Diagnostics.Select(d => d.Message[(d.Message.LastIndexOf("' was not read: ", StringComparison.Ordinal) + 16)..]).Distinct(StringComparer.Ordinal));
        }

        var lines = unread.Select(u => $"{u.Key}: {u.Value}").Prepend(string.Create(CultureInfo.InvariantCulture, $"{rules.Length - unread.Count} of {rules.Length} rules are read whole; the others:"));
        Rulescope.Tests.Agreement.OutsideReaders.Check("panther/unread.txt", string.Join('\n', lines));
        Assert.Equal(865, rules.Length);
        Assert.InRange(unread.Count, 0, 86);
    }

    [Fact]
    public void What_is_read_gives_what_the_rules_own_tests_say()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var (rules, library) = Checkout();
        var tests = Tests();
        var (passed, differences) = (0, new List<string>());
        foreach (var (rule, condition) in Readable(rules, library))
        {
            foreach (var test in tests[rule.Path])
            {
                if (Truth(condition, test.GetProperty("log").GetRawText()) == (test.GetProperty("expected").GetBoolean() ? "true" : "false"))
                    passed++;
                else if (test.GetProperty("expected").GetBoolean() || Truth(condition, test.GetProperty("log").GetRawText()) == "true")
                    differences.Add($"{rule.Path}: {test.GetProperty("test_name").GetString()}");
                else
                    passed++;
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{passed} of {passed + differences.Count} tests agree"));
        // Its log says another description than the rule asks for: CPython gives false as well.
        Assert.Equal(["rules/auth0_rules/auth0_bot_detection_disabled.py: Auth0 Bot Detection Policy Disabled"], differences);
        Assert.InRange(passed, 2000, int.MaxValue);
    }

    [Fact]
    public void What_is_read_gives_what_CPython_gives_on_changed_events()
    {
        Assert.SkipWhen(Repository.Shared is null, Repository.SharedAbsent);
        var (rules, library) = Checkout();
        using var judge = CPython.Start("rules.py", Folder());
        Assert.SkipWhen(judge is null, CPython.Absent);
        judge.Ask(Models(Folder()));
        var tests = Tests();
        var (agreed, differences) = (0, new List<string>());
        foreach (var (rule, condition) in Readable(rules, library))
        {
            var question = new JsonObject
            {
                ["rule"] = rule.Text,
                ["events"] = new JsonArray([.. tests[rule.Path].Select(t => JsonNode.Parse(t.GetProperty("log").GetRawText()))]),
                ["changes"] = Changes,
            };
            foreach (var answer in judge.Ask(question).AsArray())
            {
                var log = answer!["event"]!.ToJsonString();
                var (said, ours) = ((string?)answer["result"], Truth(condition, log));
                // An error and a false differ in kind, and neither alerts.
                if ((said == "true") == (ours == "true"))
                    agreed++;
                else if (!Known.ContainsKey(rule.Path))
                    differences.Add($"{rule.Path}: CPython says {said}, ours {ours}: {log}");
            }
        }

        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{agreed} events agree"));
        Assert.True(differences.Count == 0, string.Join('\n', differences));
        Assert.InRange(agreed, 9000, int.MaxValue);
    }

    static bool IsWhole(Parsed<RuleQuery> read) => read.Diagnostics.All(d => d.Code.Severity == Severity.Info);

    static IEnumerable<(Rule Rule, Predicate Condition)> Readable(ImmutableArray<Rule> rules, PantherLibrary library)
    {
        foreach (var rule in rules)
        {
            var read = SymbolicReading.Read(rule.Text, rule.Source, library, RuleResult.Truthy);
            if (IsWhole(read) && read.Value.Plan is Plan.Filter filter)
                yield return (rule, filter.Condition);
        }
    }

    static string Truth(Predicate condition, string log)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(log));
        var content = Assert.Single(JsonEventReader.Read(stream, "")).Event!.Content;
        return new ReferenceEvaluator().Evaluate(condition, new Scope(new RecordView(new Event(content, "", 0), null, null))).ToString().ToLowerInvariant();
    }

    // Tests with mocks replace parts of the rule, so they say nothing of the rule as it stands.
    static ILookup<string, JsonElement> Tests() => PublicArchive.JsonLines("conformance/panther-tests.tar.gz", "panther-tests.open.jsonl")
        .Where(t => t.GetProperty("mocks").GetArrayLength() == 0 && t.GetProperty("python_path").ValueKind == JsonValueKind.String)
        .ToLookup(t => t.GetProperty("python_path").GetString()!, StringComparer.Ordinal);

    static string Folder()
    {
        var checkout = Environment.GetEnvironmentVariable("RULESCOPE_PANTHER");
        Assert.SkipWhen(!Directory.Exists(checkout), CheckoutAbsent);
        return checkout!;
    }

    static (ImmutableArray<Rule> Rules, PantherLibrary Library) Checkout()
    {
        var folder = Folder();
        var rules =
            from path in Directory.EnumerateFiles(Path.Combine(folder, "rules"), "*.yml", SearchOption.AllDirectories).Order(StringComparer.Ordinal)
            let yaml = Yaml(path)
            where Text(yaml, "AnalysisType") == "rule" && Text(yaml, "Filename").Length > 0
            let code = Path.Combine(Path.GetDirectoryName(path)!, Text(yaml, "Filename"))
            select new Rule(Path.GetRelativePath(folder, code).Replace('\\', '/'), File.ReadAllText(code), new("panther", [new("log_type", Texts(yaml, "LogTypes"))]));
        var helpers = Directory.EnumerateFiles(Path.Combine(folder, "global_helpers"), "*.py").Select(f => KeyValuePair.Create(Path.GetFileNameWithoutExtension(f), new SourceText(f, File.ReadAllText(f))));
        return ([.. rules], new PantherLibrary(helpers, DataModels(folder)));
    }

    static ImmutableArray<DataModel> DataModels(string folder) =>
    [
        .. from path in Directory.EnumerateFiles(Path.Combine(folder, "data_models"), "*.yml").Order(StringComparer.Ordinal)
           let yaml = Yaml(path)
           let code = Text(yaml, "Filename")
           select new DataModel(
               Texts(yaml, "LogTypes"),
               [.. ((YamlNode.Sequence)yaml["Mappings"]!).Items.Items.Cast<YamlNode.Mapping>().Select(m => new DataModelMapping(Text(m, "Name"), OrNull(m, "Path"), OrNull(m, "Method")))],
               code.Length == 0 ? null : new SourceText(code, File.ReadAllText(Path.Combine(folder, "data_models", code)))),
    ];

    static JsonObject Models(string folder) => new()
    {
        ["models"] = new JsonArray(
        [
            .. DataModels(folder).Select(m => new JsonObject
            {
                ["types"] = new JsonArray([.. m.LogTypes.Select(t => JsonValue.Create(t))]),
                ["mappings"] = new JsonArray([.. m.Mappings.Select(p => new JsonObject { ["name"] = p.Name, ["path"] = p.Path, ["method"] = p.Method })]),
                ["python"] = m.Python?.Text,
            }),
        ]),
    };

    static YamlNode.Mapping Yaml(string path) => (YamlNode.Mapping)YamlReader.Read(File.ReadAllText(path)).Value[0].Root;

    static string Text(YamlNode.Mapping yaml, string key) => yaml[key] is YamlNode.Scalar scalar ? scalar.Value : "";

    static string? OrNull(YamlNode.Mapping yaml, string key) => Text(yaml, key) is { Length: > 0 } text ? text : null;

    static EquatableArray<string> Texts(YamlNode.Mapping yaml, string key) => yaml[key] is YamlNode.Sequence list ? [.. list.Items.Items.OfType<YamlNode.Scalar>().Select(s => s.Value)] : [];
}
