using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;

namespace Rulescope.Tests.Agreement;

/// <summary>How far another program and we agree, query by query; places and our own words only.</summary>
sealed class AgreementReport
{
    readonly List<AgreementRun> _compared = [];
    readonly Dictionary<Difference, (string Reason, bool IsAgreed)> _explained = [];
    readonly List<Difference> _differences = [];
    readonly List<(string Name, string Reason)> _notRun = [];
    readonly List<(string Name, string Reason)> _refused = [];

    /// <summary>An event of which the two say different things; null is a failure of the other.</summary>
    public sealed record Difference(AgreementRun Run, JsonObject Event, bool Ours, bool? Theirs);

    /// <summary>What is not explained yet.</summary>
    public IEnumerable<Difference> Differing => _differences.Where(d => !_explained.ContainsKey(d));

    public string Text
    {
        get
        {
            var text = new StringBuilder("# How far another program and we agree on events made around queries. Written by the test with ACCEPT=1.\n");
            var all = Names(_compared.Select(r => r.Name), _notRun.Select(n => n.Name), _refused.Select(n => n.Name));
            var refused = Names(_refused.Select(n => n.Name));
            var run = all.Except(Names(_notRun.Select(n => n.Name), refused)).ToHashSet(StringComparer.Ordinal);
            var differing = Names(_differences.Where(d => !_explained.TryGetValue(d, out var why) || !why.IsAgreed).Select(d => d.Run.Name));
            var agreed = run.Except(differing).ToList();
            var outright = agreed.Except(_differences.Select(d => d.Run.Name)).Count();
            Line($"queries {all.Count}");
            Line($"read by both {all.Except(refused).Count()}");
            Line($"run by both {run.Count}, as {_compared.Count} conditions over {_compared.Sum(r => r.Events.Count)} events, of which {_compared.Sum(r => r.Kept.Count(k => k))} are kept");
            Line($"conditions that keep some event and drop some {_compared.Count(r => r.Kept.Contains(true) && r.Kept.Contains(false))}");
            Line($"agreed on every event {outright}");
            Line($"agreed once an event is said as the other has it {agreed.Count - outright}");
            Line($"agreed {agreed.Count}");
            Line($"agreed, and each condition keeps some event {agreed.Except(_compared.Where(r => !r.Kept.Contains(true)).Select(r => r.Name)).Count()}");
            foreach (var same in _explained.GroupBy(e => e.Value).OrderBy(g => g.Key.Reason, StringComparer.Ordinal))
                List(string.Create(CultureInfo.InvariantCulture, $"{(same.Key.IsAgreed ? "agreed otherwise" : "different")}: {same.Key.Reason} ({same.Count()} events)"), same.Select(e => e.Key.Run.Name));
            List("different, unexplained", Differing.Select(d => d.Run.Name));
            foreach (var same in _notRun.GroupBy(n => n.Reason).OrderBy(g => g.Key, StringComparer.Ordinal))
                List($"not run here: {same.Key}", same.Select(n => n.Name));
            foreach (var same in _refused.GroupBy(n => n.Reason).OrderBy(g => g.Key, StringComparer.Ordinal))
                List($"not run by the other: {same.Key}", same.Select(n => n.Name));
            List("no event kept", _compared.Where(r => !r.Kept.Contains(true)).Select(r => r.Name));
            return text.ToString();

            void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');

            void List(string head, IEnumerable<string> names)
            {
                var listed = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
                if (listed.Count > 0)
                    text.Append(CultureInfo.InvariantCulture, $"\n== {head}: {listed.Count}\n").AppendJoin('\n', listed).Append('\n');
            }

            static HashSet<string> Names(params IEnumerable<string>[] names) => names.SelectMany(n => n).ToHashSet(StringComparer.Ordinal);
        }
    }

    /// <summary>A query that our evaluator does not run.</summary>
    public void NotRun(string name, string reason) => _notRun.Add((name, reason));

    /// <summary>A query that both were asked about.</summary>
    public void Compared(AgreementRun run, Oracle.Answer answer)
    {
        if (!answer.Accepted)
        {
            _refused.Add((run.Name, answer.Message));
            return;
        }

        _compared.Add(run);
        var verdicts = answer.Beside(run.Kept).Verdicts;
        for (var i = 0; i < run.Events.Count; i++)
        {
            if (verdicts[i] != run.Kept[i])
                _differences.Add(new(run, run.Events[i], run.Kept[i], verdicts[i]));
        }
    }

    /// <summary>Asks again about what differs, with each event said otherwise; what agrees then has that reason.</summary>
    public async Task ExplainAsync(string reason, Func<Difference, JsonObject> said, Func<IReadOnlyList<Oracle.Question>, Task<IReadOnlyList<Oracle.Answer>>> ask)
    {
        var open = Differing.GroupBy(d => d.Run).Select(g => (Run: g.Key, Differences: g.ToList())).ToList();
        var answers = await ask([.. open.Select(o => new Oracle.Question(o.Run.Text, [.. o.Differences.Select(said)]))]);
        for (var i = 0; i < open.Count; i++)
        {
            var differences = open[i].Differences;
            var verdicts = answers[i].Beside([.. differences.Select(d => d.Ours)]).Verdicts;
            Explain(reason, differences.Where((d, e) => verdicts[e] == d.Ours));
        }
    }

    /// <summary>Gives differences a reason; agreed ones vanish when the event is said as the other program has it.</summary>
    public void Explain(string reason, IEnumerable<Difference> differences, bool isAgreed = true)
    {
        foreach (var difference in differences)
            _explained.TryAdd(difference, (reason, isAgreed));
    }
}
