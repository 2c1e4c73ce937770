using System.Collections.Immutable;
using System.Text;
using System.Text.Json.Nodes;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Algebra.Predicates;
using Rulescope.Algebra.Reading;
using Rulescope.Algebra.Values;
using Rulescope.Engine.Evaluation;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Engine.Records;
using Rulescope.Languages.Panther;
using Rulescope.Tests.Python;
using Rulescope.Tests.Support;
using Rulescope.Text;

namespace Rulescope.Tests.Panther;

/// <summary>The symbolic reading of rules of our own: what people read in them, and what they give on events.</summary>
public class SymbolicReadingTests
{
    // A helper module and two data models that the cases use.
    static readonly PantherLibrary Library = new(
        [
            KeyValuePair.Create("our_helpers", new SourceText("global_helpers/our_helpers.py", """
                QUIET = {"backup", "monitor"}
                LIMITS = {"low": 1, "high": 5}

                class Kinds:
                    LOGIN = "login"

                def is_quiet(event, extra=None):
                    name = event.get("actor")
                    if name in QUIET:
                        return True
                    return bool(extra) and name == extra

                def names_of(event):
                    return [item.get("name") for item in event.get("items", [])]

                def limit(level):
                    try:
                        return LIMITS[level]
                    except KeyError:
                        return 0
                """)),
        ],
        [
            new DataModel(["Our.Login"], [new("user", "$.actor.name", null), new("kind", null, "kind_of")], new SourceText("data_models/our.py", "def kind_of(event):\n    return 'login' if event.get('op') == 'in' else None\n")),
            new DataModel(["Our.Other"], [new("user", "who", null)], null),
        ]);

    public static TheoryData<CaseFile.Case> Rules => CaseFile.Load("panther/read.cases");

    public static TheoryData<CaseFile.Case> Trees => CaseFile.Load("panther/trees.cases");

    public static TheoryData<CaseFile.Case> Probes => CaseFile.Load("engine/panther-probes.cases");

    [Theory]
    [MemberData(nameof(Rules))]
    public void Rules_are_read_as_people_read_them(CaseFile.Case @case)
    {
        var read = Read(@case.Input);
        var reading = Reader.Read(read.Value);
        var lines = reading.Stages.Items.SelectMany(s => s.Exclusions.Items.Select(e => $"excluded: {ReadText.Of(e.Condition)}").Prepend(ReadText.Of(s.Condition)));
        CaseFile.Check(@case, string.Join('\n', [.. lines, .. read.Diagnostics]));
    }

    [Theory]
    [MemberData(nameof(Trees))]
    public void Rules_have_exact_conditions(CaseFile.Case @case)
    {
        var read = Read(@case.Input);
        Spans.AssertInside(@case.Input, Condition(read.Value));
        CaseFile.Check(@case, string.Join('\n', [TreeText.Of(Condition(read.Value)), .. read.Diagnostics]));
    }

    // A line of events, then a rule; what it gives for each event in production, and in unit tests where that differs.
    [Theory]
    [MemberData(nameof(Probes))]
    public void Rules_give_what_Python_gives(CaseFile.Case @case)
    {
        var end = @case.Input.IndexOf('\n', StringComparison.Ordinal);
        var text = @case.Input[(end + 1)..];
        var production = Read(text);
        Assert.Empty(production.Diagnostics);
        var suite = Read(text, RuleResult.Truthy);
        var words = Events(@case.Input[..end]).Select(e => (Of(production, e), Of(suite, e))).Select(p => p.Item1 == p.Item2 ? p.Item1 : $"{p.Item1}/{p.Item2}");
        CaseFile.Check(@case, string.Join(' ', words));

        static string Of(Parsed<RuleQuery> rule, EventValue.Object content) =>
            new ReferenceEvaluator().Evaluate(Condition(rule.Value), new Scope(new RecordView(new Event(content, "", 0), null, null))).ToString().ToLowerInvariant();
    }

    // The probes' expectations are ours; CPython has the last word on them. An unused value that raises is a known difference and no probe.
    [Theory]
    [MemberData(nameof(Probes))]
    public void Rules_give_what_CPython_gives(CaseFile.Case @case)
    {
        using var judge = CPython.Start("rules.py");
        Assert.SkipWhen(judge is null, CPython.Absent);
        var end = @case.Input.IndexOf('\n', StringComparison.Ordinal);
        var question = new JsonObject
        {
            ["rule"] = @case.Input[(end + 1)..],
            ["events"] = new JsonArray([.. Events(@case.Input[..end]).Select(e => JsonNode.Parse(EventJson.Write(e)))]),
        };
        // Not a bool: no match in production, whatever its truth.
        var said = judge.Ask(question).AsArray().Select(a => ((string?)a!["result"], (string?)a["type"]) switch
        {
            (var truth, "other") => $"{(truth is "true" ? "false" : "unknown|false")}/{truth}",
            (var truth, _) => truth ?? "",
        });
        Assert.All(said.Zip(@case.Expected.Split(' ')), pair => Assert.Contains(pair.Second, Options(pair.First)));

        static IEnumerable<string> Options(string said) => said.StartsWith("unknown|", StringComparison.Ordinal) ? ["unknown/false", "false"] : [said];
    }

    [Fact]
    public void Parts_know_their_place_in_the_rule()
    {
        const string Text = "from our_helpers import is_quiet\ndef rule(event):\n    return not is_quiet(event) and event.get('a') == 'b'\n";
        var all = Assert.IsType<Predicate.And>(Condition(Read(Text).Value));
        Assert.Equal("event.get('a') == 'b'", Slice(all.Terms[1].Span));
        Assert.Equal("event.get('a')", Slice(Assert.IsType<Predicate.Test>(all.Terms[1]).Subject.Span));
        Assert.Equal("is_quiet(event)", Slice(all.Terms[0].Span));

        string Slice(SourceSpan span) => Text[span.Start..span.End];
    }

    [Fact]
    public void Work_has_limits_that_say_so()
    {
        var nested = "def f(x):\n    return f(x)\ndef rule(event):\n    return f(event)\n";
        Assert.Contains(Read(nested).Diagnostics, d => d.Message.Contains("calls nest deeper", StringComparison.Ordinal));
        var loops = "def rule(event):\n" + string.Concat(Enumerable.Range(0, 12).Select(i => $"{new string(' ', 4 * (i + 1))}for a{i} in range(900):\n")) + new string(' ', 52) + "x = 1\n";
        Assert.Contains(Read(loops).Diagnostics, d => d.Message.Contains("more steps", StringComparison.Ordinal));
        var choices = "def rule(event):\n    x = event.get('s')\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"    x = event.get('a{i}') if x == 'b' else x\n")) + "    return x == 'b'\n";
        Assert.Contains(Read(choices).Diagnostics, d => d.Code == SymbolicCodes.TooLarge || d.Message.Contains("more steps", StringComparison.Ordinal));
    }

    [Fact]
    public void No_soup_of_statements_throws()
    {
        string[] lines =
        [
            "x = event.get('a')", "y = x or []", "if x == 'b':", "else:", "elif y:", "return x", "return True", "return x in y", "for item in y:", "for item in ['a', 'b']:", "while x:", "break", "continue",
            "try:", "except ValueError:", "raise ValueError()", "x += 1", "y.append(x)", "z = [i for i in y if i]", "return any(z)", "return all(i == x for i in y)", "x, y = y, x", "x = x[0]", "match x:", "case 'a':", "case _:",
            "return is_quiet(event)", "x = {'a': x}.get(y)", "global y", "z = lambda v: v == x", "return z(x)", "y = x.lower().split('.')", "pass", "x = re.search('a', x)", "return deep_get(event, 'a', 'b') is None", "del x", "with x as y:",
        ];
        var soup = Gen.Zip(Gen.Choose(1, 4), Gen.Elements(lines)).ArrayOf().ToArbitrary();
        Prop.ForAll(soup, picked =>
        {
            var text = new StringBuilder("import re\nfrom our_helpers import is_quiet\ndef rule(event):\n");
            foreach (var (depth, line) in picked)
                text.Append(' ', 4 * depth).Append(line).Append('\n');
            var read = Read(text.ToString());
            return Reader.Read(read.Value) is not null && new ReferenceEvaluator().Evaluate(Condition(read.Value), new Scope(new RecordView(new Event(new([]), "", 0), null, null))) is var _;
        }).Check(Properties.Config.WithMaxTest(400));
    }

    static Parsed<RuleQuery> Read(string text, RuleResult result = RuleResult.IsTrue)
    {
        // "# Our.Login Our.Other" in the first line says which logs the rule is for.
        var types = text.StartsWith('#') ? text[1..text.IndexOf('\n', StringComparison.Ordinal)].Split(' ', StringSplitOptions.RemoveEmptyEntries) : [];
        return SymbolicReading.Read(text, new LogSource("panther", [new("log_type", [.. types])]), Library, result);
    }

    static Predicate Condition(RuleQuery query) => query.Plan is Plan.Filter filter ? filter.Condition : new Predicate.Constant(Truth.Unknown);

    static ImmutableArray<EventValue.Object> Events(string line)
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes(line));
        return [.. JsonEventReader.Read(stream, "").Select(e => e.Event!.Content)];
    }
}
