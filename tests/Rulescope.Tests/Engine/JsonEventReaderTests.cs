using System.Globalization;
using System.IO.Compression;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Rulescope.Engine.Events;
using Rulescope.Engine.Readers;
using Rulescope.Tests.Support;

namespace Rulescope.Tests.Engine;

public class JsonEventReaderTests
{
    public static TheoryData<CaseFile.Case> Cases => CaseFile.Load("engine/json.cases");

    public static TheoryData<CaseFile.Case> ContainerCases => CaseFile.Load("engine/containers.cases");

    [Theory]
    [MemberData(nameof(Cases))]
    public void Logs_read_as_expected(CaseFile.Case @case) =>
        CaseFile.Check(@case, string.Join('\n', Read(Encoding.UTF8.GetBytes(@case.Input)).Select(Show)));

    // The first line says what is done to the rest: "limits DEPTH BYTES", "gzip", "zip NAME", "utf16", "cut" (the second half is lost), "fail".
    [Theory]
    [MemberData(nameof(ContainerCases))]
    public void Containers_read_as_expected(CaseFile.Case @case)
    {
        var end = @case.Input.IndexOf('\n', StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(@case.Input[(end + 1)..]);
        var limits = new JsonReadLimits();
        var fails = false;
        foreach (var words in @case.Input[..end].Split(", ").Select(step => step.Split(' ')))
        {
            bytes = words[0] switch
            {
                "gzip" => Gzip(bytes),
                "zip" => Zip(words[1], bytes),
                "utf16" => [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(bytes))],
                "cut" => bytes[..(bytes.Length / 2)],
                _ => bytes,
            };
            fails |= words[0] == "fail";
            if (words[0] == "limits")
                limits = new() { MaxDepth = int.Parse(words[1], CultureInfo.InvariantCulture), MaxEventBytes = int.Parse(words[2], CultureInfo.InvariantCulture) };
        }

        using var stream = fails ? new FailingStream() : new MemoryStream(bytes);
        CaseFile.Check(@case, string.Join('\n', LogFile.Read(stream, "log", limits).Select(Show)));
    }

    [Fact]
    public void Damage_inside_a_container_ends_only_that_log()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{{\"a\":\"{i * 7919}\"}}\n"))));
        packed.AsSpan(packed.Length / 2, 40).Fill(0xFF);
        var readings = Read(packed);
        Assert.NotNull(readings[0].Event);
        Assert.Equal("LOG0201", readings[^1].Finding?.Diagnostic.Code.Id);
    }

    [Fact]
    public void A_broken_line_costs_one_event_however_the_bytes_arrive()
    {
        var lines = Enumerable.Range(0, 3000).Select(i => i % 100 == 50 ? $"{{\"n\":{i},\"t\":\"unclosed}}" : $"{{\"n\":{i},\"t\":\"äöü€\"}}");
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', lines));
        var whole = Read(bytes).Select(Show).ToArray();
        using var dripping = new DrippingStream(bytes);
        Assert.Equal(2970, whole.Count(r => r.EndsWith('}')));
        Assert.Equal(30, whole.Count(r => r.Contains("LOG0102", StringComparison.Ordinal)));
        Assert.Equal(string.Join('\n', whole), string.Join('\n', LogFile.Read(dripping, "log").Select(Show)));
    }

    [Fact]
    public void No_input_throws()
    {
        Prop.ForAll<string>(text => IsSound(Encoding.UTF8.GetBytes(text ?? ""))).Check(Properties.Config);
        Prop.ForAll<byte[]>(bytes => IsSound(bytes ?? [])).Check(Properties.Config);
        var pieces = new[] { "{", "}", "[", "]", "\"a\"", ":", ",", "1", "\n", "  ", "\"\\ud800\"", "null", "{\"Records\":[", "\"", "\\" };
        Prop.ForAll<byte[]>(picks => IsSound(Encoding.UTF8.GetBytes(string.Concat((picks ?? []).Select(p => pieces[p % pieces.Length]))))).Check(Properties.Config);
    }

    [Fact]
    public void Endless_nesting_is_one_finding() =>
        Assert.Single(Read(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat("{\"a\":", 200_000)))));

    // An event or a finding each time, and the lines never run backwards.
    static bool IsSound(byte[] bytes)
    {
        var readings = Read(bytes);
        var lines = readings.Select(r => r.Event?.Line ?? r.Finding?.Line ?? 0).ToList();
        return readings.All(r => r.Event is null != r.Finding is null) && lines.SequenceEqual(lines.Order());
    }

    static List<EventReading> Read(byte[] bytes) => [.. LogFile.Read(new MemoryStream(bytes), "log")];

    static string Show(EventReading reading) => reading.Event is { } read ? $"{read.Source}:{read.Line} {Show(read.Content)}" : $"{reading.Finding}";

    static string Show(EventValue value) => value switch
    {
        EventValue.Object o => $"{{{string.Join(", ", o.Members.Items.Select(m => $"{m.Name}: {Show(m.Value)}"))}}}",
        EventValue.Array a => $"[{string.Join(", ", a.Items.Items.Select(Show))}]",
        EventValue.Text t => $"'{t.Value}'",
        EventValue.Real r => $"real {r.Written}",
        EventValue.Null => "null",
        _ => value.AsText ?? "",
    };

    static byte[] Gzip(byte[] content)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
            gzip.Write(content);
        return target.ToArray();
    }

    static byte[] Zip(string name, byte[] content)
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create))
        {
            using var entry = archive.CreateEntry(name).Open();
            entry.Write(content);
        }

        return target.ToArray();
    }

    sealed class DrippingStream(byte[] content) : MemoryStream(content)
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => base.Read(buffer, offset, Math.Min(count, 7));

        public override int Read(Span<byte> buffer) => base.Read(buffer[..Math.Min(buffer.Length, 7)]);
    }

    sealed class FailingStream : MemoryStream
    {
        public override bool CanSeek => false;

        public override int Read(byte[] buffer, int offset, int count) => throw new IOException("the disk is gone");

        public override int Read(Span<byte> buffer) => throw new IOException("the disk is gone");
    }
}
