using System.Text.Json;
using Rulescope.Catalog.Guide;
using Rulescope.Taxonomy.Attack;

namespace Rulescope.Catalog.Json;

/// <summary>The guide as JSON (SPEC 9, <c>guide</c>).</summary>
public static class GuideJson
{
    public static void Write(TechniqueGuide guide, Stream output) => JsonShapes.Write(output, json =>
    {
        json.Object("technique", () => Technique(json, guide));
        json.Object("rules", () => Rules(json, guide.Rules));
        json.WriteString("publicCounts", guide.PublicCounts);
        json.Objects("events", guide.Events, e =>
        {
            json.WriteString("id", e.Id);
            json.WriteString("title", e.Title);
            json.WriteNumber("rules", e.Rules);
        });
        Table(json, "fields", guide.Fields, row => Field(json, row));
        Table(json, "indicators", guide.Indicators, row => Indicator(json, row));
        Table(json, "exclusions", guide.Exclusions, row => Exclusion(json, row));
        json.Object("insight", () => InsightJson.Write(json, guide.Insight));
    });

    static void Technique(Utf8JsonWriter json, TechniqueGuide guide)
    {
        var technique = guide.Technique;
        json.WriteString("id", technique.Id);
        json.WriteString("name", technique.Name);
        if (technique.ParentId is { } parent)
        {
            json.Object("parent", () =>
            {
                json.WriteString("id", parent);
                json.WriteString("name", AttackFacts.Default.NameOf(parent));
            });
        }
        else
        {
            json.WriteNull("parent");
        }

        json.Objects("tactics", technique.Tactics, t =>
        {
            json.WriteString("id", t.Id);
            json.WriteString("name", t.Name);
        });
        json.Texts("platforms", technique.Platforms);
        json.WriteString("description", AttackText.FirstParagraph(guide.Description));
        json.WriteString("descriptionFrom", guide.DescriptionFrom);
        json.WriteString("attackVersion", guide.AttackVersion);
        json.WriteString("url", technique.Url);
    }

    static void Rules(Utf8JsonWriter json, GuideRules rules)
    {
        json.WriteNumber("total", rules.Total);
        json.WriteNumber("readable", rules.Readable);
        json.WriteNumber("withoutLogic", rules.WithoutLogic);
        json.WriteNumber("withSubtechniques", rules.WithSubtechniques);
        json.Objects("leftOut", rules.LeftOut, f =>
        {
            json.WriteString("kind", f.Name);
            json.WriteNumber("count", f.Rules);
        });
        json.Objects("vendors", rules.Vendors, v =>
        {
            json.WriteString("vendor", v.Vendor);
            json.WriteNumber("count", v.Count);
            json.Objects("rules", v.Rules, r => json.Entry(r, withVendor: false));
        });
    }

    static void Table<T>(Utf8JsonWriter json, string name, GuideTable<T> table, Action<T> row) => json.Object(name, () =>
    {
        json.WriteNumber("distinct", table.Distinct);
        json.Objects("rows", table.Rows, row);
    });

    static void Field(Utf8JsonWriter json, FieldRow row)
    {
        json.WriteString("field", row.Field);
        json.WriteString("role", row.Role);
        json.WriteNumber("rules", row.Rules);
        json.Object("how", () =>
        {
            foreach (var how in row.How)
                json.WriteNumber(how.Operator, how.Rules);
        });
        json.Texts("samples", row.Samples);
        json.Texts("ruleIds", row.RuleIds);
        Names(json, row.Owner, row.Natives);
    }

    // owner: the vendor whose own name the field is, null for a name of the taxonomy; mapping: the entry that put a native name under it.
    static void Names(Utf8JsonWriter json, string owner, IEnumerable<NativeName> natives)
    {
        json.WriteString("owner", owner.Length == 0 ? null : owner);
        json.Objects("natives", natives, n =>
        {
            json.WriteString("vendor", n.Vendor);
            json.WriteString("name", n.Name);
            json.WriteString("mapping", n.Mapping.Length == 0 ? null : n.Mapping);
        });
    }

    static void Indicator(Utf8JsonWriter json, IndicatorRow row)
    {
        json.WriteString("field", row.Field);
        json.WriteString("kind", row.Kind);
        json.WriteString("value", row.Value);
        json.WriteString("role", row.Role);
        json.WriteNumber("rules", row.Rules);
        json.WriteNumber("reach", row.Reach);
        json.WriteBoolean("folded", row.IsFolded);
        json.Texts("spellings", row.Spellings);
        json.Texts("ruleIds", row.RuleIds);
        Written(json, row.Written);
        Names(json, row.Owner, row.Natives);
    }

    static void Written(Utf8JsonWriter json, IEnumerable<WrittenValue> written) => json.Objects("written", written, w =>
    {
        json.WriteString("ruleId", w.RuleId);
        json.WriteString("text", w.Text);
        json.WriteString("how", w.How);
    });

    static void Exclusion(Utf8JsonWriter json, ExclusionRow row)
    {
        json.WriteString("field", row.Field);
        json.WriteString("kind", row.Kind);
        json.WriteString("value", row.Value);
        json.WriteNumber("rules", row.Rules);
        json.Texts("spellings", row.Spellings);
        json.Objects("clauses", row.Clauses, c =>
        {
            json.WriteString("ruleId", c.RuleId);
            json.WriteString("label", c.Label);
            json.WriteString("text", c.Text);
        });
        Written(json, row.Written);
        Names(json, row.Owner, row.Natives);
    }
}
