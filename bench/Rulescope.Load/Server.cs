using System.Diagnostics;
using System.Globalization;

namespace Rulescope.Load;

/// <summary>A <c>rulescope serve</c> of its own process, on a port the system picks; it ends with the measurement.</summary>
sealed class Server : IDisposable
{
    readonly Process _process;
    TimeSpan _worked;

    Server(Process process, Uri address)
    {
        _process = process;
        Address = address;
    }

    public Uri Address { get; }

    public static async Task<Server> StartAsync(LoadOptions options)
    {
        var start = new ProcessStartInfo(options.Server, ["serve", "--catalog", options.Catalog, "--urls", "http://127.0.0.1:0"]) { RedirectStandardOutput = true, UseShellExecute = false };
        var process = Process.Start(start) ?? throw new InvalidOperationException($"{options.Server} does not start");
        while (await process.StandardOutput.ReadLineAsync().ConfigureAwait(false) is { } line)
        {
            if (line.Split(' ').FirstOrDefault(w => w.StartsWith("http://", StringComparison.Ordinal)) is { } address)
                return new(process, new(address));
        }

        throw new InvalidOperationException($"{options.Server} ended without an address");
    }

    /// <summary>What the server holds of the machine's memory now and held at most so far, and how long it has worked since the last question.</summary>
    public string Memory()
    {
        _process.Refresh();
        var worked = _process.TotalProcessorTime - _worked;
        _worked = _process.TotalProcessorTime;
        var peak = Peak();
        return string.Create(CultureInfo.InvariantCulture, $"memory {_process.WorkingSet64 / 1e6:n0} MB{(peak is null ? "" : $", at most {peak:n0} MB")}, {worked.TotalSeconds:n1} s of processor time");
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }

    // The kernel's own mark; the runtime's is the one of its last look.
    double? Peak()
    {
        var status = $"/proc/{_process.Id}/status";
        var line = File.Exists(status) ? File.ReadLines(status).FirstOrDefault(l => l.StartsWith("VmHWM:", StringComparison.Ordinal)) : null;
        return line is null ? null : double.Parse(line.AsSpan("VmHWM:".Length, line.Length - "VmHWM:".Length - "kB".Length), CultureInfo.InvariantCulture) * 1_024 / 1e6;
    }
}
