using System.Collections.Immutable;
using System.Globalization;

namespace Rulescope.Load;

/// <summary>What to measure: <c>--catalog FILE [--server PROGRAM] [--connections N] [--seconds N] [--requests N] [--spread N] [--settle SECONDS] [--encoding br|gzip|identity] [--weigh] [PAGE...]</c>.</summary>
sealed record LoadOptions
{
    public string Catalog { get; init; } = "catalog.db";

    public string Server { get; init; } = "./rulescope";

    public int Connections { get; init; } = 16;

    public TimeSpan Time { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How many requests the memory is watched over; 0 leaves that out.</summary>
    public int Requests { get; init; } = 200_000;

    public int Spread { get; init; } = 200;

    /// <summary>How long the server is left alone first: it makes the largest pages ahead.</summary>
    public TimeSpan Settle { get; init; } = TimeSpan.FromSeconds(10);

    public string Encoding { get; init; } = "br";

    public bool Weigh { get; init; }

    public ImmutableArray<string> Pages { get; init; } = ["/techniques/T1059", "/techniques/T1021.007"];

    public static LoadOptions? Parse(IReadOnlyList<string> arguments, out string mistake)
    {
        mistake = "";
        var options = new LoadOptions();
        var pages = ImmutableArray.CreateBuilder<string>();
        for (var i = 0; i < arguments.Count; i++)
        {
            var (name, value) = (arguments[i], i + 1 < arguments.Count ? arguments[i + 1] : "");
            if (name.StartsWith('/'))
            {
                pages.Add(name);
                continue;
            }

            if (name == "--weigh")
            {
                options = options with { Weigh = true };
                continue;
            }

            if (With(options, name, value) is not { } next)
            {
                mistake = $"'{name} {value}' is not understood; bench/Rulescope.Load/LoadOptions.cs says what there is";
                return null;
            }

            options = next;
            i++;
        }

        return pages.Count > 0 ? options with { Pages = pages.ToImmutable() } : options;
    }

    static LoadOptions? With(LoadOptions options, string name, string value) => name switch
    {
        "--catalog" => options with { Catalog = value },
        "--server" => options with { Server = value },
        "--encoding" => options with { Encoding = value },
        _ when !int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out _) => null,
        "--connections" => options with { Connections = Number(value) },
        "--seconds" => options with { Time = TimeSpan.FromSeconds(Number(value)) },
        "--requests" => options with { Requests = Number(value) },
        "--settle" => options with { Settle = TimeSpan.FromSeconds(Number(value)) },
        "--spread" => options with { Spread = Number(value) },
        _ => null,
    };

    static int Number(string value) => int.Parse(value, NumberStyles.None, CultureInfo.InvariantCulture);
}
