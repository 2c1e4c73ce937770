using System.Collections.Immutable;
using Rulescope.Algebra.Expressions;
using Rulescope.Algebra.Fields;
using Rulescope.Algebra.Plans;
using Rulescope.Text;
using CultureInfo = System.Globalization.CultureInfo;
using NumberStyles = System.Globalization.NumberStyles;

namespace Rulescope.Languages.Spl;

public static partial class SplLowering
{
    sealed partial class Pipelines
    {
        // Splunk's own limits where a command states none (Search Reference: sort, top, rare, head).
        const int SortLimit = 10_000;
        const int TopLimit = 10;
        const int HeadLimit = 10;

        Plan Plain(Plan input, SplCommand.Plain command) => command.Name switch
        {
            "table" => Kept(input, ItemsOf(command)),
            "fields" => Fields(input, command),
            "dedup" => Dedup(input, command),
            "uniq" => Passed(input, command.Span),
            "sort" => Sort(input, command),
            "head" => Limited(input, command, LimitKind.First),
            "tail" => Limited(input, command, LimitKind.Last),
            "bin" or "bucket" => Bin(input, command),
            "fillnull" => FillNull(input, command),
            "mvexpand" => MvExpand(input, command),
            "makemv" => MakeMv(input, command),
            "spath" => SPath(input, command),
            "convert" => Convert(input, command),
            "iplocation" => IpLocation(input, command),
            "replace" => Replace(input, command),
            "top" or "rare" => Frequent(input, command),
            "addtotals" => AddTotals(input, command),
            "map" => Map(input, command),
            "xmlkv" or "extract" or "kv" or "multikv" or "fromjson" or "xpath" or "addinfo" or "tags" or "typer" => Extracted(input, command),
            // What is stored, shown or sent elsewhere leaves the rows as they are, and so does their order.
            "outputlookup" or "outputcsv" or "outputtext" or "collect" or "mcollect" or "meventcollect" or "sendemail" or "fieldformat" or "highlight" or "iconify" or "reverse"
                or "localop" or "redistribute" or "scrub" or "format" or "abstract" or "tscollect" or "script" => Passed(input, command.Span),
            "from" or "datamodel" => From(command),
            _ => Unread(input, command.Span, command.Name),
        };

        static ImmutableArray<SplValue> ItemsOf(SplCommand.Plain command) => [.. command.Arguments.Items.Select(Item).OfType<SplValue>()];

        // A field such as x(y) is read as a call; as a name it is its text.
        static SplValue? Item(SplArgument argument) => argument switch
        {
            SplArgument.Item item => item.Value,
            SplArgument.Group { Name.Length: > 0 } group =>
                new($"{group.Name}({string.Join(", ", group.Arguments.Items.OfType<SplArgument.Item>().Select(i => i.Value.Text))})", SplQuoting.None) { Span = group.Span },
            _ => null,
        };

        Plan.Project Kept(Plan input, ImmutableArray<SplValue> names)
        {
            var kept = names.Select(n => new Named(n.Text, Find(n))).ToEquatableArray();
            _columns = _columns.Keep([.. names.Select(n => n.Text)]);
            return new(input, ProjectKind.Keep, kept);
        }

        // Fields that begin with an underscore stay unless they are named.
        Plan.Project Fields(Plan input, SplCommand.Plain command)
        {
            var names = ItemsOf(command);
            if (names is not [{ Text: "-" }, .. var dropped])
            {
                var own = names is [{ Text: "+" }, .. var rest] ? rest : names;
                return Kept(input, [.. own, new SplValue(SplColumns.Internal, SplQuoting.None) { Span = command.Span }]);
            }

            var gone = dropped.Select(n => new Named(n.Text, Find(n))).ToEquatableArray();
            _columns = _columns.Drop([.. dropped.Select(n => n.Text)]);
            return new(input, ProjectKind.Drop, gone);
        }

        Plan.Distinct Dedup(Plan input, SplCommand.Plain command)
        {
            var names = ItemsOf(command).TakeWhile(n => !string.Equals(n.Text, "sortby", StringComparison.OrdinalIgnoreCase)).ToList();
            var keep = 1L;
            if (names.Count > 0 && long.TryParse(names[0].Text, NumberStyles.None, CultureInfo.InvariantCulture, out var given))
            {
                keep = given;
                names.RemoveAt(0);
            }

            return new(input, [.. names.Select(Find)]) { Keep = keep, DropsNullKeys = !IsTrue(OptionOf(command, "keepempty"), otherwise: false) };
        }

        Plan Sort(Plan input, SplCommand.Plain command)
        {
            var limit = OptionOf(command, "limit") is { } written && long.TryParse(written.Text, CultureInfo.InvariantCulture, out var most) ? most : (long?)null;
            var keys = ImmutableArray.CreateBuilder<SortKey>();
            var descending = false;
            foreach (var argument in command.Arguments)
            {
                // A sign may stand apart from its field.
                if (argument is SplArgument.Item { Value: { Text: "-" or "+", Quoting: SplQuoting.None } sign })
                    descending = sign.Text == "-";
                else if (keys.Count == 0 && limit is null && argument is SplArgument.Item { Value.Text: var count } && long.TryParse(count, NumberStyles.None, CultureInfo.InvariantCulture, out var given))
                    limit = given;
                else if (argument is SplArgument.Item { Value: var item } && item.Text is not ("d" or "desc"))
                    keys.Add(SortKeyOf(item.Text, item.Span, ref descending));
                else if (argument is SplArgument.Group { Arguments: [SplArgument.Item { Value: var inner }] } group)
                    keys.Add(SortKeyOf((group.Name.StartsWith('-') ? "-" : "") + inner.Text, inner.Span, ref descending));
                else if (argument is SplArgument.Item)
                    Reverse(keys);
            }

            var sorted = new Plan.Sort(input, keys.ToImmutable()) { Span = command.Span };
            return limit == 0 ? sorted : new Plan.Take(sorted, limit ?? SortLimit) { Defaulted = limit is null };
        }

        // A d behind the keys turns the whole order round.
        static void Reverse(ImmutableArray<SortKey>.Builder keys)
        {
            for (var i = 0; i < keys.Count; i++)
                keys[i] = keys[i] with { Descending = !keys[i].Descending };
        }

        SortKey SortKeyOf(string name, SourceSpan span, ref bool descending)
        {
            var signed = name.Length > 1 && name[0] is '-' or '+';
            var key = new SortKey(Find(signed ? name[1..] : name, span)) { Descending = signed ? name[0] == '-' : descending };
            descending = false;
            return key;
        }

        Plan Limited(Plan input, SplCommand.Plain command, LimitKind kind)
        {
            if (command.Arguments.Items.Any(a => a is not (SplArgument.Item or SplArgument.Option)))
                return Unread(input, command.Span, command.Name);
            var written = ItemsOf(command).FirstOrDefault() ?? OptionOf(command, "limit");
            return written is not null && long.TryParse(written.Text, CultureInfo.InvariantCulture, out var count)
                ? new Plan.Take(input, count) { Kind = kind }
                : new Plan.Take(input, HeadLimit) { Kind = kind, Defaulted = true };
        }

        Plan Bin(Plan input, SplCommand.Plain command)
        {
            if (ItemsOf(command) is not [var field, .. var rest])
                return Unread(input, command.Span, command.Name);
            var span = OptionOf(command, "span");
            var value = span is null
                ? new Expression.Unsupported(Slice(command.Span)) { Span = command.Span }
                : (Expression)Bucketed(Find(field), span);
            var name = rest is [var word, var alias] && string.Equals(word.Text, "as", StringComparison.OrdinalIgnoreCase) ? alias.Text : field.Text;
            _columns = _columns.With(name);
            return new Plan.Derive(input, [new(name, value)]);
        }

        // Without fields it fills all columns: which those are is only known behind stats and its like.
        Plan FillNull(Plan input, SplCommand.Plain command)
        {
            var value = Expression.Text(OptionOf(command, "value")?.Text ?? "0");
            var names = ItemsOf(command) is { IsEmpty: false } given ? given : [.. (_columns.All ?? []).Select(n => new SplValue(n, SplQuoting.None) { Span = command.Span })];
            if (names.IsEmpty)
                return Passed(input, command.Span);
            var filled = names.Select(n => new Named(n.Text, new Expression.Coalesce([Find(n), value]) { Span = n.Span })).ToEquatableArray();
            _columns = _columns.With(names.Select(n => n.Text));
            return new Plan.Derive(input, filled);
        }

        Plan MvExpand(Plan input, SplCommand.Plain command)
        {
            if (ItemsOf(command) is not [var field])
                return Unread(input, command.Span, command.Name);
            var value = Find(field);
            _columns = _columns.With(field.Text);
            var limit = OptionOf(command, "limit") is { } written && long.TryParse(written.Text, CultureInfo.InvariantCulture, out var most) && most > 0 ? most : (long?)null;
            return new Plan.Expand(input, [new(field.Text, value)]) { Limit = limit };
        }

        Plan MakeMv(Plan input, SplCommand.Plain command)
        {
            if (ItemsOf(command) is not [var field])
                return Unread(input, command.Span, command.Name);
            Expression value = OptionOf(command, "tokenizer") is { } pattern
                ? new Expression.Call("tokenize", [Find(field), Expression.Text(pattern.Text)], Dialect.Spl)
                : new Expression.Call("split", [Find(field), Expression.Text(OptionOf(command, "delim")?.Text ?? " ")], Dialect.Spl);
            _columns = _columns.With(field.Text);
            return new Plan.Derive(input, [new(field.Text, value with { Span = command.Span })]);
        }

        // A path makes one column; without one all there is in the text becomes fields, which have their names already.
        Plan SPath(Plan input, SplCommand.Plain command)
        {
            var subject = OptionOf(command, "input") is { } given ? Find(given) : _columns.Find("_raw", command.Span);
            if ((OptionOf(command, "path") ?? ItemsOf(command).FirstOrDefault()) is not { } path)
                return Extracted(input, command);
            var output = (OptionOf(command, "output") ?? path).Text;
            _columns = _columns.With(output);
            return new Plan.Parse(input, ParseKind.Json, subject, path.Text, [output]);
        }

        Plan.Opaque Extracted(Plan input, SplCommand.Plain command)
        {
            _columns = _columns.WithTable(command.Name);
            return Passed(input, command.Span);
        }

        Plan IpLocation(Plan input, SplCommand.Plain command)
        {
            if (ItemsOf(command) is not [var address, ..])
                return Unread(input, command.Span, command.Name);
            var prefix = OptionOf(command, "prefix")?.Text ?? "";
            string[] names = IsTrue(OptionOf(command, "allfields"), otherwise: false)
                ? ["City", "Continent", "Country", "MetroCode", "Region", "Timezone", "lat", "lon"]
                : ["City", "Country", "Region", "lat", "lon"];
            var outputs = names.Select(n => new Named(prefix + n, new Expression.Ref(new Reference.Column(n) { Stage = "iplocation" }))).ToEquatableArray();
            var key = new Plan.JoinKey(Find(address), new Expression.Ref(new Reference.Column("ip") { Stage = "iplocation" }));
            _columns = _columns.With(outputs.Items.Select(o => o.Name));
            return new Plan.Lookup(input, "iplocation", [key], outputs);
        }

        Plan From(SplCommand.Plain command)
        {
            // datamodel:"A.B", datamodel A.B, and the words of the datamodel command.
            var words = ItemsOf(command).SelectMany(v => v.Text.Split(':', 2, StringSplitOptions.RemoveEmptyEntries)).ToList();
            if (command.Name == "datamodel")
                words = ["datamodel", .. words.Take(2).Aggregate("", (all, word) => all.Length == 0 ? word : $"{all}.{word}") is { Length: > 0 } joined ? new[] { joined } : []];
            if (words is not [var kind, var name, ..])
                return Unread(Events([]), command.Span, command.Name);
            if (!string.Equals(kind, "datamodel", StringComparison.OrdinalIgnoreCase))
            {
                _columns = SplColumns.OfTable(name);
                return new Plan.Source(new(Vendor, [new(kind.ToLowerInvariant(), [name])]));
            }

            _columns = SplColumns.OfModel;
            var (model, node) = ModelOf(new(name, SplQuoting.None));
            return Events(ModelTerms(model, node, new SplSearch.Everything()));
        }
    }
}
