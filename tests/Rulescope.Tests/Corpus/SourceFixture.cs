using System.Formats.Tar;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using Rulescope.Corpus.Sources;

namespace Rulescope.Tests.Corpus;

/// <summary>A source made from a few lines: <c>kind | tar.gz</c>, <c>limits | file=10</c>, <c>file | NAME | CONTENT</c>, <c>link | NAME | TARGET</c>, ...</summary>
/// <remarks>In contents <c>\n</c> and <c>\xHH</c> are bytes and <c>*N</c> at the start is N times the letter a.</remarks>
sealed class SourceFixture : IDisposable
{
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("rulescope-");
    readonly List<string[]> _entries = [];
    readonly FileStream? _lock;

    public SourceFixture(string script)
    {
        foreach (var line in script.Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            var parts = line.Split('|').Select(p => p.Trim(' ')).ToArray();
            switch (parts[0])
            {
                case "kind":
                    Kind = parts[1];
                    break;
                case "vendor":
                    Vendor = parts[1];
                    break;
                case "limits":
                    Limits = ReadLimits(parts[1]);
                    break;
                case "cut":
                    Cut = int.Parse(parts[1], CultureInfo.InvariantCulture);
                    break;
                case "many":
                    _entries.AddRange(Enumerable.Range(0, int.Parse(parts[1], CultureInfo.InvariantCulture)).Select(i => new[] { "file", parts[2] + i, "" }));
                    break;
                case "damage":
                    Damage = parts[1];
                    break;
                default:
                    _entries.Add(parts);
                    break;
            }
        }

        Path = System.IO.Path.Combine(_folder.FullName, Kind == "folder" ? "source" : "source." + Kind);
        switch (Kind)
        {
            case "folder":
                MakeFolder();
                break;
            case "zip":
                File.WriteAllBytes(Path, Spoil(MakeZip()));
                break;
            case "tar":
                File.WriteAllBytes(Path, Spoil(MakeTar()));
                break;
            case "tar.gz":
                File.WriteAllBytes(Path, Cut == 0 && Damage.Length == 0 ? Pack(MakeTar()) : Spoil(Pack(MakeTar())));
                break;
            case "absent":
                break;
            default:
                File.WriteAllBytes(Path, Content(_entries[0][2]));
                break;
        }

        if (Damage == "locked")
            _lock = new FileStream(Kind == "folder" ? System.IO.Path.Combine(Path, _entries[0][1]) : Path, FileMode.Open, FileAccess.ReadWrite, FileShare.None);
        foreach (var entry in _entries.Where(e => e[0] == "beside"))
            File.WriteAllBytes(System.IO.Path.Combine(_folder.FullName, entry[1]), Content(entry[2]));
    }

    public string Kind { get; } = "tar.gz";

    public string Vendor { get; } = "sigma";

    public string Path { get; }

    public SourceLimits Limits { get; } = new();

    int Cut { get; }

    string Damage { get; } = "";

    public void Dispose()
    {
        _lock?.Dispose();
        _folder.Delete(recursive: true);
    }

    static SourceLimits ReadLimits(string text)
    {
        var limits = new SourceLimits();
        foreach (var pair in text.Split(' ').Select(p => p.Split('=')))
        {
            var value = int.Parse(pair[1], CultureInfo.InvariantCulture);
            limits = pair[0] switch
            {
                "file" => limits with { MaxFileBytes = value },
                "entries" => limits with { MaxEntries = value },
                "total" => limits with { MaxTotalBytes = value },
                "rules" => limits with { MaxRuleBytes = value },
                "ratio" => limits with { MaxRatio = value },
                "floor" => limits with { RatioFloor = value },
                _ => throw new InvalidOperationException(pair[0]),
            };
        }

        return limits;
    }

    void MakeFolder()
    {
        Directory.CreateDirectory(Path);
        foreach (var entry in _entries.Where(e => e[0] != "beside"))
        {
            var path = System.IO.Path.Combine(Path, entry[1]);
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(path)!);
            if (entry[0] == "link")
                File.CreateSymbolicLink(path, entry[2]);
            else
                File.WriteAllBytes(path, Content(entry[2]));
        }
    }

    byte[] MakeTar()
    {
        using var bytes = new MemoryStream();
        using (var writer = new TarWriter(bytes, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach (var entry in _entries.Where(e => e[0] != "beside"))
            {
                var type = entry[0] switch
                {
                    "file" => TarEntryType.RegularFile,
                    "link" => TarEntryType.SymbolicLink,
                    "hardlink" => TarEntryType.HardLink,
                    "pipe" => TarEntryType.Fifo,
                    "dir" => TarEntryType.Directory,
                    _ => throw new InvalidOperationException(entry[0]),
                };
                // A fixed time makes the bytes the same in every run, and so what a cut leaves of them.
                var made = new UstarTarEntry(type, Unescape(entry[1])) { ModificationTime = DateTimeOffset.UnixEpoch };
                if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink)
                    made.LinkName = entry[2];
                if (type == TarEntryType.RegularFile)
                    made.DataStream = new MemoryStream(Content(entry[2]));
                writer.WriteEntry(made);
            }
        }

        return bytes.ToArray();
    }

    byte[] MakeZip()
    {
        using var bytes = new MemoryStream();
        using (var archive = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var entry in _entries.Where(e => e[0] != "beside"))
            {
                var made = archive.CreateEntry(Unescape(entry[1]));
                made.ExternalAttributes = entry[0] switch
                {
                    "link" => 0xA1FF << 16,
                    "pipe" => 0x11FF << 16,
                    "dir" => 0x41ED << 16,
                    _ => 0x81A4 << 16,
                };
                if (entry.Length > 2)
                {
                    using var stream = made.Open();
                    stream.Write(Content(entry[2]));
                }
            }
        }

        return bytes.ToArray();
    }

    static byte[] Pack(byte[] bytes)
    {
        using var packed = new MemoryStream();
        using (var stream = new GZipStream(packed, CompressionLevel.Optimal, leaveOpen: true))
            stream.Write(bytes);
        return packed.ToArray();
    }

    byte[] Spoil(byte[] bytes)
    {
        switch (Damage)
        {
            // Swapped bytes of one letter are no valid UTF-8, and a tar header's checksum stays right.
            case "names":
                for (var i = 0; i + 1 < bytes.Length; i++)
                {
                    if (bytes[i] == 0xC3 && bytes[i + 1] == 0xBF)
                        (bytes[i], bytes[i + 1]) = (bytes[i + 1], bytes[i]);
                }

                break;
            case "encrypt":
                for (var i = 0; i + 9 < bytes.Length; i++)
                {
                    if (bytes.AsSpan(i, 4).SequenceEqual("PK\x3\x4"u8))
                        bytes[i + 6] |= 1;
                    else if (bytes.AsSpan(i, 4).SequenceEqual("PK\x1\x2"u8))
                        bytes[i + 8] |= 1;
                }

                break;
            case "size":
                bytes.AsSpan(124, 11).Fill((byte)'x');
                break;
            case "checksum":
                bytes.AsSpan(bytes.Length - 8, 4).Fill(0xFF);
                break;
            case "header":
                bytes.AsSpan(0, 4).Fill(0xFF);
                break;
        }

        return bytes[..^Cut];
    }

    static byte[] Content(string text)
    {
        if (text is ['*', .. var count])
            return Enumerable.Repeat((byte)'a', int.Parse(count, CultureInfo.InvariantCulture)).ToArray();
        var bytes = new MemoryStream();
        for (var i = 0; i < text.Length; i++)
        {
            if (text.AsSpan(i).StartsWith("\\x"))
            {
                bytes.WriteByte(Convert.FromHexString(text.AsSpan(i + 2, 2))[0]);
                i += 3;
            }
            else if (text.AsSpan(i).StartsWith("\\n"))
            {
                bytes.WriteByte((byte)'\n');
                i++;
            }
            else
            {
                bytes.Write(Encoding.UTF8.GetBytes(text[i].ToString()));
            }
        }

        return bytes.ToArray();
    }

    static string Unescape(string name) => name.Replace("\\t", "\t", StringComparison.Ordinal);
}
