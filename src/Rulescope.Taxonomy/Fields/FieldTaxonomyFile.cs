using System.Collections.Immutable;
using System.Text.Json;
using Rulescope.Taxonomy.LogSources;
using Rulescope.Text;

namespace Rulescope.Taxonomy.Fields;

/// <summary>Reads taxonomy files: JSON with <c>concepts</c>, <c>vocabularies</c> and <c>bindings</c>. Wrong entries are named and left out; it never throws on content.</summary>
public static class FieldTaxonomyFile
{
    /// <summary>The taxonomy of all files together; a later entry of the same name, or of the same vocabulary, field and scope, takes the place of the earlier one.</summary>
    /// <remarks>A file with <c>"replace": true</c> drops what the files before it said; <c>"scoping": false</c> lets every binding hold everywhere.</remarks>
    public static Parsed<FieldTaxonomy> Load(ImmutableArray<SourceText> files, LogSourceCatalog sources)
    {
        var reading = new Reading(sources);
        foreach (var file in files)
            reading.Add(file);
        return reading.Finish();
    }

    sealed record FileContent(bool Replace, bool? Scoping, ConceptContent[]? Concepts, VocabularyContent[]? Vocabularies, GroupContent[]? Bindings, ChoiceContent[]? ChosenByActor);

    sealed record ConceptContent(string? Name, string? Title, string? Meaning, string? Source, string? Role);

    /// <summary>How free one who acts is in the values of some concepts, for one reason.</summary>
    sealed record ChoiceContent(string? Part, string? Why, string[]? Concepts);

    sealed record VocabularyContent(string? Id, string[]? Selectors);

    /// <summary>Bindings that share vocabulary, scope and source of the knowledge.</summary>
    /// <param name="Same">Fields that bear their concept's name.</param>
    /// <param name="Fields">Native field to concept name, or to an object that says more.</param>
    sealed record GroupContent(string? Vocabulary, string[]? In, string? Source, string[]? Same, Dictionary<string, JsonElement>? Fields);

    sealed record BindingContent(
        string? Concept, string? Relation, string? Transform, Dictionary<string, string>? Spellings, Dictionary<string, string>? Beginnings);

    sealed class Reading(LogSourceCatalog sources)
    {
        readonly ImmutableArray<Diagnostic>.Builder _findings = ImmutableArray.CreateBuilder<Diagnostic>();
        readonly Dictionary<string, Concept> _concepts = new(StringComparer.OrdinalIgnoreCase);
        readonly Dictionary<(string Vocabulary, string Field, string Scope), (Binding Binding, SourceText File)> _bindings = [];
        readonly Dictionary<string, Vocabulary> _vocabularies = new(StringComparer.Ordinal);
        readonly Dictionary<string, (ActorChoice Choice, string Why, SourceText File)> _choices = new(StringComparer.OrdinalIgnoreCase);
        bool _isScoped = true;

        public void Add(SourceText file)
        {
            FileContent content;
            try
            {
                content = JsonSerializer.Deserialize<FileContent>(file.Text, LogSourceFile.Strict) ?? new(false, null, null, null, null, null);
            }
            catch (JsonException problem)
            {
                var at = file.Lines.Offset(new((int)(problem.LineNumber ?? 0) + 1, (int)(problem.BytePositionInLine ?? 0) + 1));
                _findings.Add(Diagnostic.At(new(at, 0), TaxonomyCodes.NotAFieldFile, problem.Path ?? "$"));
                return;
            }

            if (content.Replace)
            {
                _concepts.Clear();
                _bindings.Clear();
                _vocabularies.Clear();
                _choices.Clear();
            }

            _isScoped = content.Scoping ?? _isScoped;
            foreach (var vocabulary in content.Vocabularies ?? [])
                _vocabularies[vocabulary.Id ?? ""] = new(vocabulary.Id ?? "", [.. vocabulary.Selectors ?? []]);
            foreach (var concept in content.Concepts ?? [])
                AddConcept(file, concept);
            foreach (var group in content.Bindings ?? [])
                AddGroup(file, group);
            foreach (var choice in content.ChosenByActor ?? [])
                AddChoice(file, choice);
        }

        public Parsed<FieldTaxonomy> Finish()
        {
            foreach (var (name, (choice, why, file)) in _choices)
            {
                if (_concepts.TryGetValue(name, out var concept))
                    _concepts[name] = concept with { Choice = choice, ChoiceReason = why };
                else
                    _findings.Add(Diagnostic.At(PlaceOf(file, name), TaxonomyCodes.UnknownConcept, "chosenByActor", name));
            }

            var concepts = _concepts.Values.ToImmutableArray();
            var taxonomy = new FieldTaxonomy(concepts, [.. _bindings.Values.Select(b => b.Binding)], [.. _vocabularies.Values], _isScoped);
            foreach (var (binding, file) in _bindings.Values)
            {
                if (!binding.Concept.EndsWith('*') && taxonomy.Find(binding.Concept) is null)
                    _findings.Add(Diagnostic.At(PlaceOf(file, binding.Field), TaxonomyCodes.UnknownConcept, binding.Id, binding.Concept));
            }

            return new(taxonomy, _findings.ToImmutable());
        }

        void AddChoice(SourceText file, ChoiceContent content)
        {
            if (content is not { Part.Length: > 0, Why.Length: > 0, Concepts.Length: > 0 })
            {
                var lacking = content.Part is not { Length: > 0 } ? "part" : content.Why is not { Length: > 0 } ? "why" : "concepts";
                _findings.Add(Diagnostic.At(PlaceOf(file, content.Part), TaxonomyCodes.MissingMember, "an entry of chosenByActor", lacking));
                return;
            }

            if (!Enum.TryParse<ActorChoice>(content.Part, ignoreCase: true, out var choice) || choice == ActorChoice.NotKnown)
            {
                _findings.Add(Diagnostic.At(PlaceOf(file, content.Part), TaxonomyCodes.UnknownWord, "chosenByActor", content.Part, "whole, end, none"));
                return;
            }

            foreach (var name in content.Concepts)
                _choices[name] = (choice, content.Why, file);
        }

        void AddConcept(SourceText file, ConceptContent content)
        {
            var place = PlaceOf(file, content.Name);
            if (content is not { Name.Length: > 0, Title.Length: > 0, Meaning.Length: > 0, Source.Length: > 0 })
            {
                var lacking = content.Name is not { Length: > 0 } ? "name" : content.Title is not { Length: > 0 } ? "title" : content.Meaning is not { Length: > 0 } ? "meaning" : "source";
                _findings.Add(Diagnostic.At(place, TaxonomyCodes.MissingMember, content.Name ?? "an entry", lacking));
                return;
            }

            if (!Enum.TryParse<FieldRole>(content.Role ?? "behaviour", ignoreCase: true, out var role))
                _findings.Add(Diagnostic.At(place, TaxonomyCodes.UnknownWord, content.Name, content.Role ?? "", string.Join(", ", Enum.GetNames<FieldRole>()).ToLowerInvariant()));
            _concepts[content.Name] = new(content.Name, content.Title, content.Meaning, content.Source, role);
        }

        void AddGroup(SourceText file, GroupContent group)
        {
            var place = PlaceOf(file, group.Vocabulary);
            if (group is not { Vocabulary.Length: > 0, Source.Length: > 0, In.Length: > 0 })
            {
                _findings.Add(Diagnostic.At(place, TaxonomyCodes.MissingMember, "a group of bindings", group.Vocabulary is null ? "vocabulary" : group.Source is null ? "source" : "in"));
                return;
            }

            foreach (var pattern in group.In.Where(p => p != Binding.Anywhere && !p.Contains('*') && sources.Find(p) is null))
                _findings.Add(Diagnostic.At(PlaceOf(file, pattern), TaxonomyCodes.UnknownLogSource, group.Vocabulary, pattern));
            foreach (var name in group.Same ?? [])
                AddBinding(file, new(group.Vocabulary, [.. group.In], name, name, FieldRelation.Exact, new ValueTransform.Same(), group.Source));
            foreach (var (field, said) in group.Fields ?? [])
            {
                if (Content(file, field, said) is { Concept.Length: > 0 } content)
                    AddBinding(file, new(group.Vocabulary, [.. group.In], field, content.Concept, Relation(file, field, content), Transform(file, field, content), group.Source));
                else
                    _findings.Add(Diagnostic.At(PlaceOf(file, field), TaxonomyCodes.MissingMember, field, "concept"));
            }
        }

        void AddBinding(SourceText file, Binding binding) => _bindings[(binding.Vocabulary, binding.Field, string.Join(' ', binding.Scope))] = (binding, file);

        BindingContent? Content(SourceText file, string field, JsonElement said)
        {
            try
            {
                return said.ValueKind == JsonValueKind.String ? new(said.GetString(), null, null, null, null) : said.Deserialize<BindingContent>(LogSourceFile.Strict);
            }
            catch (JsonException problem)
            {
                _findings.Add(Diagnostic.At(PlaceOf(file, field), TaxonomyCodes.NotAFieldFile, problem.Path ?? field));
                return null;
            }
        }

        FieldRelation Relation(SourceText file, string field, BindingContent content)
        {
            if (Enum.TryParse<FieldRelation>(content.Relation ?? "exact", ignoreCase: true, out var relation))
                return relation;
            _findings.Add(Diagnostic.At(PlaceOf(file, field), TaxonomyCodes.UnknownWord, field, content.Relation ?? "", string.Join(", ", Enum.GetNames<FieldRelation>()).ToLowerInvariant()));
            return FieldRelation.Overlaps;
        }

        ValueTransform Transform(SourceText file, string field, BindingContent content)
        {
            if (content.Spellings is { } spellings)
                return new ValueTransform.Spellings([.. spellings.Select(s => new ValueTransform.Spelling(s.Key, s.Value))]);
            if (content.Beginnings is { } beginnings)
                return new ValueTransform.Beginnings([.. beginnings.Select(s => new ValueTransform.Spelling(s.Key, s.Value))]);
            switch (content.Transform)
            {
                case "last-segment":
                    return new ValueTransform.LastSegment();
                case "last-key":
                    return new ValueTransform.LastKey();
                case { } unknown:
                    _findings.Add(Diagnostic.At(PlaceOf(file, field), TaxonomyCodes.UnknownWord, field, unknown, "last-segment, last-key"));
                    break;
            }

            return new ValueTransform.Same();
        }

        // The serializer keeps no positions; the quoted name is where a person looks.
        static SourceSpan PlaceOf(SourceText file, string? name)
        {
            var quoted = $"\"{name}\"";
            var at = name is null ? -1 : file.Text.IndexOf(quoted, StringComparison.Ordinal);
            return at < 0 ? default : new(at, quoted.Length);
        }
    }
}
