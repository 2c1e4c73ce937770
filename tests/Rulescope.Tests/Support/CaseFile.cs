using System.Runtime.CompilerServices;
using System.Text;
using Xunit.Sdk;

namespace Rulescope.Tests.Support;

/// <summary>Test data: <c>=== name</c>, input, a line <c>---</c>, expectation; lines that begin with <c>//</c> between cases are prose.</summary>
/// <remarks><c>ACCEPT=1</c> in the environment rewrites the expectations that differ; review the diff.</remarks>
public static class CaseFile
{
    static readonly Lock Writing = new();

    /// <summary>One case; its name is the test's name.</summary>
    public sealed record Case(string File, string Name, string Input, string Expected) : IXunitSerializable
    {
        [Obsolete("Called by the deserializer.", error: true)]
        public Case() : this("", "", "", "") { }

        public string File { get; private set; } = File;

        public string Name { get; private set; } = Name;

        public string Input { get; private set; } = Input;

        public string Expected { get; private set; } = Expected;

        public override string ToString() => Name;

        void IXunitSerializable.Serialize(IXunitSerializationInfo info)
        {
            info.AddValue("file", File);
            info.AddValue("name", Name);
            info.AddValue("input", Input);
            info.AddValue("expected", Expected);
        }

        void IXunitSerializable.Deserialize(IXunitSerializationInfo info)
        {
            File = info.GetValue<string>("file") ?? "";
            Name = info.GetValue<string>("name") ?? "";
            Input = info.GetValue<string>("input") ?? "";
            Expected = info.GetValue<string>("expected") ?? "";
        }
    }

    /// <summary>The cases of <c>cases/{file}</c> (such as <c>sigma/lower.cases</c>), in order.</summary>
    public static TheoryData<Case> Load(string file) => [.. Read(file)];

    /// <summary>Fails when the actual text differs from the case's expectation, or rewrites it under <c>ACCEPT=1</c>.</summary>
    public static void Check(Case @case, string actual)
    {
        actual = actual.ReplaceLineEndings("\n").TrimEnd('\n');
        if (string.Equals(actual, @case.Expected, StringComparison.Ordinal))
            return;
        if (Environment.GetEnvironmentVariable("ACCEPT") == "1")
            Accept(@case, actual);
        else
            Assert.Fail($"{@case.File}: {@case.Name}\n--- expected\n{@case.Expected}\n--- actual\n{actual}\n");
    }

    static IEnumerable<Case> Read(string file)
    {
        string? name = null;
        var input = new StringBuilder();
        var expected = new StringBuilder();
        var target = input;
        foreach (var line in File.ReadAllText(PathOf(file)).ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.StartsWith("=== ", StringComparison.Ordinal))
            {
                if (name is not null)
                    yield return Make(file, name, input, expected);
                name = line[4..].Trim();
                target = input;
            }
            else if (name is not null && line == "---" && ReferenceEquals(target, input))
            {
                target = expected;
            }
            else if (name is not null && !(ReferenceEquals(target, expected) && line.StartsWith("//", StringComparison.Ordinal)))
            {
                target.Append(line).Append('\n');
            }
        }

        if (name is not null)
            yield return Make(file, name, input, expected);
    }

    static Case Make(string file, string name, StringBuilder input, StringBuilder expected)
    {
        var made = new Case(file, name, input.ToString().TrimEnd('\n'), expected.ToString().TrimEnd('\n'));
        input.Clear();
        expected.Clear();
        return made;
    }

    static void Accept(Case @case, string actual)
    {
        lock (Writing)
        {
            var path = PathOf(@case.File);
            var text = File.ReadAllText(path).ReplaceLineEndings("\n");
            var head = $"=== {@case.Name}\n";
            var start = text.IndexOf(head, StringComparison.Ordinal);
            var end = text.IndexOf("\n=== ", start + head.Length, StringComparison.Ordinal);
            var tail = end < 0 ? "" : text[end..];
            File.WriteAllText(path, $"{text[..start]}{head}{@case.Input}\n---\n{actual}\n{tail}");
        }
    }

    static string PathOf(string file) => Path.Combine(Repository.Root, "tests", "Rulescope.Tests", "cases", file);
}

/// <summary>Where things are on disk while tests run.</summary>
public static class Repository
{
    /// <summary>The folder that holds <c>Rulescope.slnx</c>.</summary>
    public static string Root { get; } = Find();

    /// <summary>The folder of public test data beside the repository, or null where it is absent; tests then skip with <see cref="SharedAbsent"/>.</summary>
    public static string? Shared { get; } =
        Environment.GetEnvironmentVariable("RULESCOPE_SHARED") is { Length: > 0 } named ? named
        : Directory.Exists(Path.Combine(Root, "..", "shared", "corpora")) ? Path.GetFullPath(Path.Combine(Root, "..", "shared")) : null;

    public const string SharedAbsent = "public test data is not present: put it beside the repository as ../shared or name it in RULESCOPE_SHARED";

    // From the source path, so that accept mode writes into the tree and not into the build output.
    static string Find([CallerFilePath] string here = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(here) is { Length: > 0 } known && Directory.Exists(known) ? known : AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Rulescope.slnx")))
            folder = folder.Parent;
        return folder?.FullName ?? throw new InvalidOperationException("the tests run outside the repository");
    }
}
