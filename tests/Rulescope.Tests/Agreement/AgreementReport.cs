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
            var differing = _differences.Where(d => !_explained.TryGetValue(d, out var why) || !why.IsAgreed).Select(d => d.Run).Distinct().ToList();
            var outright = _compared.Except(_differences.Select(d => d.Run)).Count();
            Line($"queries {_compared.Count + _notRun.Count + _refused.Count}");
            Line($"read by both {_compared.Count + _notRun.Count}");
            Line($"run by both {_compared.Count}, over {_compared.Sum(r => r.Events.Count)} events, of which {_compared.Sum(r => r.Kept.Count(k => k))} are kept");
            Line($"some event kept and some dropped {_compared.Count(r => r.Kept.Contains(true) && r.Kept.Contains(false))}");
            Line($"agreed on every event {outright}");
            Line($"agreed once an event is said as the other has it {_compared.Count - differing.Count - outright}");
            Line($"agreed {_compared.Count - differing.Count}");
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
                var all = names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
                if (all.Count > 0)
                    text.Append(CultureInfo.InvariantCulture, $"\n== {head}: {all.Count}\n").AppendJoin('\n', all).Append('\n');
            }
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
        for (var i = 0; i < run.Events.Count; i++)
        {
            if (answer.Verdicts[i] != run.Kept[i])
                _differences.Add(new(run, run.Events[i], run.Kept[i], answer.Verdicts[i]));
        }
    }

    /// <summary>Gives differences a reason; agreed ones vanish when the event is said as the other program has it.</summary>
    public void Explain(string reason, IEnumerable<Difference> differences, bool isAgreed = true)
    {
        foreach (var difference in differences)
            _explained.TryAdd(difference, (reason, isAgreed));
    }
}
