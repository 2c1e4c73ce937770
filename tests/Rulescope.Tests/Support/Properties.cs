using System.Globalization;
using FsCheck;
using Microsoft.FSharp.Core;

namespace Rulescope.Tests.Support;

/// <summary>How property tests draw their cases: always the same ones, so that a build says the same of the same source.</summary>
/// <remarks><c>RULESCOPE_SEED=random</c> draws new ones to look for what nobody thought of; a number draws its own.</remarks>
public static class Properties
{
    const ulong Seed = 20_261_122;

    public static Config Config { get; } = Environment.GetEnvironmentVariable("RULESCOPE_SEED") switch
    {
        "random" => Config.QuickThrowOnFailure,
        { } text when ulong.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var seed) => Seeded(seed),
        _ => Seeded(Seed),
    };

    static Config Seeded(ulong seed) =>
        Config.QuickThrowOnFailure.WithReplay(new Replay(new Rnd(seed), FSharpOption<int>.None));
}
