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

    [Theory]
    [MemberData(nameof(Cases))]
    public void Logs_read_as_expected(CaseFile.Case @case) =>
        CaseFile.Check(@case, string.Join('\n', Read(Encoding.UTF8.GetBytes(@case.Input)).Select(Show)));

    [Fact]
    public void Containers_are_opened()
    {
        var log = "{\"a\":1}\n{\"a\":2}"u8.ToArray();
        Assert.Equal("log:1 {a: 1}\nlog:2 {a: 2}", Lines(Gzip(log)));
        Assert.Equal("log/x.json:1 {a: 1}\nlog/x.json:2 {a: 2}", Lines(Zip("x.json", log)));
        Assert.Equal("log/x.json.gz:1 {a: 1}\nlog/x.json.gz:2 {a: 2}", Lines(Zip("x.json.gz", Gzip(log))));
        Assert.Equal("LOG0202", Assert.Single(Read(Zip("z", Zip("y", Gzip(log))))).Finding?.Diagnostic.Code.Id);
        Assert.Equal("log:1 {a: 1}\nlog:2 {a: 2}", Lines([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes("{\"a\":1}\r\n{\"a\":2}")]));
    }

    [Fact]
    public void Damaged_containers_are_findings()
    {
        var packed = Gzip(Encoding.UTF8.GetBytes(string.Concat(Enumerable.Range(0, 5000).Select(i => $"{{\"a\":\"{i * 7919}\"}}\n"))));
        packed.AsSpan(packed.Length / 2, 40).Fill(0xFF);
        Assert.Equal("LOG0201", Read(packed).Last().Finding?.Diagnostic.Code.Id);
        Assert.Equal("LOG0201", Read([(byte)'P', (byte)'K', 3, 4, 1, 2, 3, 4, 5, 6]).Single().Finding?.Diagnostic.Code.Id);
    }

    [Fact]
    public void Errors_of_the_stream_are_findings()
    {
        using var failing = new FailingStream();
        Assert.Equal("LOG0203", LogFile.Read(failing, "log").Single().Finding?.Diagnostic.Code.Id);
    }

    [Fact]
    public void Limits_name_what_was_skipped_and_go_on()
    {
        var limits = new JsonReadLimits { MaxDepth = 4, MaxEventBytes = 100_000 };
        var deep = $"{{\"a\":{new string('[', 9)}{new string(']', 9)}}}";
        var large = $"{{\"a\":\"{new string('x', 300_000)}\"}}";
        var readings = LogFile.Read(new MemoryStream(Encoding.UTF8.GetBytes($"{deep}\n{large}\n{{\"b\":1}}")), "log", limits).Select(Show);
        Assert.Equal(
            """
            log:1: LOG0104 the event is nested deeper than 4 levels, reading goes on at line 2
            log:2: LOG0105 the event is longer than 100000 bytes, reading goes on at line 3
            log:3 {b: 1}
            """,
            string.Join('\n', readings));
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
        Prop.ForAll<string>(text => IsSound(Encoding.UTF8.GetBytes(text ?? ""))).QuickCheckThrowOnFailure();
        Prop.ForAll<byte[]>(bytes => IsSound(bytes ?? [])).QuickCheckThrowOnFailure();
        var pieces = new[] { "{", "}", "[", "]", "\"a\"", ":", ",", "1", "\n", "  ", "\"\\ud800\"", "null", "{\"Records\":[", "\"", "\\" };
        Prop.ForAll<byte[]>(picks => IsSound(Encoding.UTF8.GetBytes(string.Concat((picks ?? []).Select(p => pieces[p % pieces.Length]))))).QuickCheckThrowOnFailure();
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

    static string Lines(byte[] bytes) => string.Join('\n', Read(bytes).Select(Show));

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
