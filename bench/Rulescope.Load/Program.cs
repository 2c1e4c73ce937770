using System.Globalization;
using System.Text.Json;
using Rulescope.Load;

// Measures the site as its visitors would: starts `rulescope serve`, asks over real connections, watches the server's memory.
var options = LoadOptions.Parse(args, out var mistake);
if (options is null)
{
    Console.Error.WriteLine(mistake);
    return 2;
}

using var server = await Server.StartAsync(options).ConfigureAwait(false);
using var client = new LoadClient(server.Address, options.Encoding);
Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{options.Catalog}, {Environment.ProcessorCount} cores, {options.Encoding}, {options.Connections} connections; load of the machine before: {LoadAverage()}"));

var techniques = await TechniquesAsync().ConfigureAwait(false);
await Task.Delay(options.Settle).ConfigureAwait(false);
Console.WriteLine($"started: {server.Memory()}");
// The first page of a process compiles the code of all others, which no second visitor waits for.
await client.RunAsync(["/"], 1, requests: 1).ConfigureAwait(false);
var step = Math.Max(1, techniques.Length / options.Spread);
await ReportAsync($"{options.Spread} technique pages, each asked once", client.RunAsync([.. techniques.Where((_, i) => i % step == 0).Take(options.Spread)], 2, requests: options.Spread)).ConfigureAwait(false);
foreach (var page in options.Pages)
{
    await client.RunAsync([page], 1, requests: 1).ConfigureAwait(false);
    await ReportAsync(page, client.RunAsync([page], options.Connections, time: options.Time)).ConfigureAwait(false);
}

for (var done = 0; done < options.Requests;)
{
    var part = Math.Min(options.Requests / 4, options.Requests - done);
    await ReportAsync(string.Create(CultureInfo.InvariantCulture, $"all technique pages, requests {done:n0} to {done += part:n0}"), client.RunAsync(techniques, options.Connections, requests: part)).ConfigureAwait(false);
}

if (options.Weigh)
{
    var heaviest = await client.WeighAsync(techniques).ConfigureAwait(false);
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"heaviest technique page: {heaviest.Page}, {heaviest.Bytes:n0} bytes gzip"));
}

return 0;

async Task<string[]> TechniquesAsync()
{
    using var document = JsonDocument.Parse(await client.TextAsync("/techniques.json").ConfigureAwait(false));
    return [.. document.RootElement.GetProperty("techniques").EnumerateArray().Select(t => $"/techniques/{t.GetProperty("id").GetString()}")];
}

async Task ReportAsync(string what, Task<LoadResult> run)
{
    var result = await run.ConfigureAwait(false);
    Console.WriteLine($"{what}: {result}; {server.Memory()}");
}

static string LoadAverage() => File.Exists("/proc/loadavg") ? File.ReadAllText("/proc/loadavg").Split(' ')[0] : "unknown";
