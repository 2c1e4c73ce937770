using System.Buffers.Binary;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Globalization;
using System.IO.Compression;
using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Rulescope.Catalog.Guide;
using Rulescope.Catalog.Store;

namespace Rulescope.Catalog.Facts;

/// <summary>How many rules of the public rule sets test a row of the guide, per vendor; what is tested is kept as hashes, so nothing of a rule is in it.</summary>
/// <remarks>
/// The file is gzip of: a line <c>rulescope-reach 1 DATE</c>, a line per source <c>VENDOR REPOSITORY COMMIT</c>, an empty line, then per row 6 bytes of the
/// SHA-256 of owner, field, kind and value (parted by zero bytes) and for each vendor in the order of the pages its rules as two bytes, little-endian.
/// </remarks>
public sealed class ReachFacts
{
    const string Magic = "rulescope-reach 1 ";
    const int HashLength = 6;
    const int RowLength = HashLength + (6 * sizeof(ushort));
    const long LongestFile = 64 << 20;

    static readonly Lazy<ReachFacts?> ShippedFacts = new(() =>
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream("reach.bin");
        return stream is null ? null : Read(stream);
    });

    readonly FrozenDictionary<ulong, ImmutableArray<int>> _rows;

    ReachFacts(DateOnly date, ImmutableArray<string> sources, FrozenDictionary<ulong, ImmutableArray<int>> rows) => (Date, Sources, _rows) = (date, sources, rows);

    /// <summary>The counts that come with the program; null where a build has none.</summary>
    public static ReachFacts? Shipped => ShippedFacts.Value;

    /// <summary>When the rules were counted.</summary>
    public DateOnly Date { get; }

    /// <summary>Vendor, repository and commit of what was counted.</summary>
    public ImmutableArray<string> Sources { get; }

    public int Count => _rows.Count;

    /// <summary>Rules per vendor, in the order of the pages; empty for a row that no public rule has.</summary>
    /// <param name="owner">The vendor whose own name the field is; empty for a shared one.</param>
    /// <param name="field">As the guide shows it.</param>
    /// <param name="kind">The row's kind.</param>
    /// <param name="key">What rows of one value meet by.</param>
    public ImmutableArray<int> Find(string owner, string field, string kind, string key) => _rows.GetValueOrDefault(HashOf(owner, field, kind, key), []);

    /// <summary>How many rows have another number of a vendor's rules here than there.</summary>
    public int Differences(ReachFacts other, string vendor)
    {
        var at = Vendors.Order.IndexOf(vendor);
        return _rows.Keys.Union(other._rows.Keys).Count(k => CountOf(_rows, k) != CountOf(other._rows, k));

        int CountOf(FrozenDictionary<ulong, ImmutableArray<int>> rows, ulong key) => rows.TryGetValue(key, out var counts) ? counts[at] : 0;
    }

    /// <summary>Reads a file of counts; null where it is none.</summary>
    public static ReachFacts? Read(Stream file)
    {
        using var content = new MemoryStream();
        try
        {
            using var unpacked = new GZipStream(file, CompressionMode.Decompress);
            var buffer = new byte[81920];
            for (int read; (read = unpacked.Read(buffer)) > 0 && content.Length <= LongestFile;)
                content.Write(buffer.AsSpan(0, read));
        }
        catch (InvalidDataException)
        {
            return null;
        }

        var bytes = content.ToArray().AsSpan();
        var end = bytes.IndexOf("\n\n"u8);
        if (end < 0 || (bytes.Length - end - 2) % RowLength != 0)
            return null;
        var lines = Encoding.UTF8.GetString(bytes[..end]).Split('\n');
        if (!lines[0].StartsWith(Magic, StringComparison.Ordinal) || !DateOnly.TryParseExact(lines[0].AsSpan(Magic.Length), "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
            return null;
        var rows = new Dictionary<ulong, ImmutableArray<int>>();
        for (var row = bytes[(end + 2)..]; !row.IsEmpty; row = row[RowLength..])
            rows[Key(row)] = Counts(row[HashLength..RowLength]);

        return new(date, [.. lines[1..]], rows.ToFrozenDictionary());
    }

    /// <summary>Writes the counts of a catalog.</summary>
    public static void Write(CatalogFile catalog, DateOnly date, Stream file)
    {
        var rows = new SortedDictionary<ulong, int[]>();
        using (var connection = catalog.Connect())
        {
            foreach (var (vendor, hash, rules) in connection.Query(
                """
                SELECT r.vendor, f.owner, f.name, o.kind, v.text, count(DISTINCT o.rule)
                FROM observation o JOIN rule r ON r.id = o.rule JOIN field f ON f.id = o.field JOIN value v ON v.id = o.row_key
                WHERE o.side = 'indicator' AND o.reading < 2 AND r.kind = 'rule'
                GROUP BY r.vendor, o.field, o.kind, o.row_key
                """,
                [], r => (r.GetString(0), HashOf(r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4)), r.GetInt32(5))))
            {
                if (!rows.TryGetValue(hash, out var counts))
                    rows[hash] = counts = new int[Vendors.Order.Length];
                counts[Vendors.Order.IndexOf(vendor)] += rules;
            }
        }

        using var packed = new GZipStream(file, CompressionLevel.SmallestSize);
        var sources = CatalogSources.Read(catalog).Select(s => $"{s.Vendor} {s.Repository} {s.Commit}\n").Order(StringComparer.Ordinal);
        packed.Write(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{Magic}{date:yyyy-MM-dd}\n{string.Concat(sources)}\n")));
        Span<byte> row = stackalloc byte[RowLength];
        foreach (var (hash, counts) in rows)
        {
            for (var i = 0; i < HashLength; i++)
                row[i] = (byte)(hash >> (8 * i));
            for (var i = 0; i < counts.Length; i++)
                BinaryPrimitives.WriteUInt16LittleEndian(row[(HashLength + (sizeof(ushort) * i))..], (ushort)Math.Min(counts[i], ushort.MaxValue));
            packed.Write(row);
        }
    }

    static ImmutableArray<int> Counts(ReadOnlySpan<byte> row)
    {
        var counts = ImmutableArray.CreateBuilder<int>(Vendors.Order.Length);
        for (; !row.IsEmpty; row = row[sizeof(ushort)..])
            counts.Add(BinaryPrimitives.ReadUInt16LittleEndian(row));
        return counts.MoveToImmutable();
    }

    static ulong HashOf(string owner, string field, string kind, string key) =>
        Key(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', owner, field, kind, key))));

    static ulong Key(ReadOnlySpan<byte> bytes)
    {
        var key = 0UL;
        for (var i = 0; i < HashLength; i++)
            key |= (ulong)bytes[i] << (8 * i);
        return key;
    }
}
