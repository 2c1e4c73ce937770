using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Rulescope.Text;

namespace Rulescope.Taxonomy.LogSources;

/// <summary>Reads log source files: JSON with <c>logSources</c> or <c>shapes</c>. Wrong entries are named and left out; it never throws on content.</summary>
public static class LogSourceFile
{
    /// <summary>Member names as in the files, unknown ones refused, so that a misspelt member is not silently without effect.</summary>
    internal static readonly JsonSerializerOptions Strict = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = 32,
    };

    /// <summary>The catalog of all files together; shapes may stand in any of them.</summary>
    public static Parsed<LogSourceCatalog> Load(ImmutableArray<SourceText> files)
    {
        var reading = new Reading();
        var read = files.Select(f => (File: f, Content: reading.Deserialize(f))).ToImmutableArray();
        foreach (var (file, content) in read)
        {
            foreach (var shape in content.Shapes ?? [])
                reading.Add(file, shape);
        }

        foreach (var (file, content) in read)
        {
            foreach (var source in content.LogSources ?? [])
                reading.Add(file, source);
        }

        return reading.Finish();
    }

    sealed record FileContent(SourceContent[]? LogSources, ShapeContent[]? Shapes);

    sealed record SourceContent(
        string? Id, string? Title, TripleContent[]? Sigma, string[]? Platforms, string[]? Domains, SelectorContent[]? Records, Dictionary<string, string[]>? Names,
        Dictionary<string, Dictionary<string, string[]>[]>? Signatures);

    sealed record TripleContent(string? Product, string? Category, string? Service);

    sealed record SelectorContent(
        string? Shape, string[]? Channels, int[]? EventIds, TestContent[]? Where, Dictionary<string, string[][]>? Fields, Dictionary<string, Dictionary<string, string>>? Values);

    sealed record TestContent(string[]? Path, bool? Present, string[]? In, string[]? StartsWith, string[]? EndsWith);

    sealed record ShapeContent(
        string? Id, string? Family, string? Title, TestContent[][]? When, Dictionary<string, string[][]>? System, string[][]? Data, string? TextKey, bool IgnoreSpaces, string[][]? Time);

    sealed class Reading
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
        readonly ImmutableArray<LogSourceEntry>.Builder _sources = ImmutableArray.CreateBuilder<LogSourceEntry>();
        readonly ImmutableArray<RecordShape>.Builder _shapes = ImmutableArray.CreateBuilder<RecordShape>();
        readonly HashSet<string> _sourceIds = new(StringComparer.Ordinal);
        readonly HashSet<string> _shapeIds = new(StringComparer.Ordinal);
        readonly Dictionary<string, string> _triples = new(StringComparer.OrdinalIgnoreCase);

        public FileContent Deserialize(SourceText file)
        {
            try
            {
                return JsonSerializer.Deserialize<FileContent>(file.Text, Strict) ?? new(null, null);
            }
            catch (JsonException problem)
            {
                var at = file.Lines.Offset(new((int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1));
                _findings.Add(Diagnostic.At(new(at, 0), TaxonomyCodes.NotALogSourceFile, problem.Path ?? "$"));
                return new(null, null);
            }
        }

        public void Add(SourceText file, ShapeContent shape)
        {
            var place = PlaceOf(file, shape.Id);
            if (!Require(place, shape.Id, shape.Id, "id") || !Require(place, shape.Id, shape.Family, "family") || !IsNew(_shapeIds, place, shape.Id))
                return;
            EquatableArray<EquatableArray<RecordTest>> when = [.. (shape.When ?? []).Select(all => Tests(place, shape.Id, all))];
            if (when.IsEmpty)
                _findings.Add(Diagnostic.At(place, TaxonomyCodes.MissingMember, shape.Id, "when"));
            else
                _shapes.Add(new(shape.Id, shape.Family, shape.Title ?? shape.Id, when, Fields(shape.System), Paths(shape.Data), shape.TextKey, shape.IgnoreSpaces, Paths(shape.Time)));
        }

        public void Add(SourceText file, SourceContent source)
        {
            var place = PlaceOf(file, source.Id);
            if (!Require(place, source.Id, source.Id, "id") || !Require(place, source.Id, source.Title, "title") || !IsNew(_sourceIds, place, source.Id))
                return;
            foreach (var domain in (source.Domains ?? []).Where(d => !LogSourceCatalog.Domains.Contains(d, StringComparer.Ordinal)))
                _findings.Add(Diagnostic.At(place, TaxonomyCodes.UnknownDomain, source.Id, domain, string.Join(", ", LogSourceCatalog.Domains)));
            _sources.Add(new(
                source.Id,
                source.Title,
                Triples(place, source.Id, source.Sigma ?? []),
                [.. source.Platforms ?? []],
                [.. source.Domains ?? []],
                [.. (source.Records ?? []).Select(r => Selector(place, source.Id, r)).OfType<RecordSelector>()],
                [.. (source.Names ?? []).Select(n => new VocabularyNames(n.Key, [.. n.Value]))])
            {
                Signatures =
                [
                    .. (source.Signatures ?? []).SelectMany(s => s.Value.Select(tests =>
                        new SourceSignature(s.Key, [.. tests.Select(t => new SignatureTest(t.Key, [.. t.Value]))]))),
                ],
            });
        }

        public Parsed<LogSourceCatalog> Finish() => new(new(_sources.ToImmutable(), _shapes.ToImmutable()), _findings.ToImmutable());

        EquatableArray<LogSourceTriple> Triples(SourceSpan place, string id, TripleContent[] triples)
        {
            var kept = ImmutableArray.CreateBuilder<LogSourceTriple>();
            foreach (var triple in triples.Select(t => new LogSourceTriple(t.Product, t.Category, t.Service)))
            {
                if (triple is { Product: null, Category: null, Service: null })
                    _findings.Add(Diagnostic.At(place, TaxonomyCodes.EmptyTriple, id));
                else if (_triples.TryAdd(triple.ToString(), id))
                    kept.Add(triple);
                else
                    _findings.Add(Diagnostic.At(place, TaxonomyCodes.DuplicateTriple, id, triple.ToString(), _triples[triple.ToString()]));
            }

            return kept.ToImmutable();
        }

        RecordSelector? Selector(SourceSpan place, string id, SelectorContent selector)
        {
            if (!_shapes.Any(s => string.Equals(s.Family, selector.Shape, StringComparison.Ordinal)))
            {
                _findings.Add(Diagnostic.At(place, TaxonomyCodes.UnknownShape, id, selector.Shape ?? ""));
                return null;
            }

            return new(
                selector.Shape ?? "",
                [.. selector.Channels ?? []],
                [.. selector.EventIds ?? []],
                Tests(place, id, selector.Where ?? []),
                Fields(selector.Fields),
                [.. (selector.Values ?? []).Select(v => new FieldValues(v.Key, [.. v.Value.Select(s => new ValueSpelling(s.Key, s.Value))]))]);
        }

        EquatableArray<RecordTest> Tests(SourceSpan place, string id, TestContent[] tests)
        {
            var made = ImmutableArray.CreateBuilder<RecordTest>();
            foreach (var test in tests)
            {
                var path = new RecordPath([.. test.Path ?? []]);
                ImmutableArray<RecordTest?> operators =
                [
                    test.Present is { } present ? new RecordTest.Present(path, present) : null,
                    test.In is { } values ? new RecordTest.OneOf(path, [.. values]) : null,
                    test.StartsWith is { } starts ? new RecordTest.StartsWith(path, [.. starts]) : null,
                    test.EndsWith is { } ends ? new RecordTest.EndsWith(path, [.. ends]) : null,
                ];
                var named = operators.OfType<RecordTest>().ToImmutableArray();
                if (named.Length == 1)
                    made.Add(named[0]);
                else
                    _findings.Add(Diagnostic.At(place, TaxonomyCodes.TestWithoutOperator, id, named.Length));
            }

            return made.ToImmutable();
        }

        static EquatableArray<FieldPaths> Fields(Dictionary<string, string[][]>? fields) =>
            [.. (fields ?? []).Select(f => new FieldPaths(f.Key, Paths(f.Value)))];

        static EquatableArray<RecordPath> Paths(string[][]? paths) => [.. (paths ?? []).Select(p => new RecordPath([.. p]))];

        bool IsNew(HashSet<string> ids, SourceSpan place, string id)
        {
            if (ids.Add(id))
                return true;
            _findings.Add(Diagnostic.At(place, TaxonomyCodes.DuplicateId, id));
            return false;
        }

        bool Require(SourceSpan place, string? id, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] string? value, string member)
        {
            if (!string.IsNullOrWhiteSpace(value))
                return true;
            _findings.Add(Diagnostic.At(place, TaxonomyCodes.MissingMember, id ?? "an entry", member));
            return false;
        }

        // The serializer keeps no positions; the quoted id is where a person looks.
        static SourceSpan PlaceOf(SourceText file, string? id)
        {
            var quoted = $"\"{id}\"";
            var at = id is null ? -1 : file.Text.IndexOf(quoted, StringComparison.Ordinal);
            return at < 0 ? default : new(at, quoted.Length);
        }
    }
}
