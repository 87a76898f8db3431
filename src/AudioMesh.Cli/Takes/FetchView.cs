// SPDX-License-Identifier: MIT
using AudioMesh.Cli.Reports;
using AudioMesh.Network.Stems;

namespace AudioMesh.Cli.Takes;

/// <summary>Shows how takes come: a line that moves on a terminal, else a line for each take when it is here.</summary>
internal sealed class FetchView(bool asJson)
{
    private const int RefreshMs = 100;
    private const string ClearRest = "\u001b[K";

    private readonly bool _isLive = Screen.IsTerminal && !asJson;
    private TakeProgress _last;
    private long _began;
    private long _shown;

    public void Show(string host, TakeProgress progress)
    {
        long now = Environment.TickCount64;
        if (!ReferenceEquals(progress.Take, _last.Take))
        {
            (_began, _shown) = (now, 0);
        }

        _last = progress;
        if (_isLive && now - _shown >= RefreshMs)
        {
            _shown = now;
            double perSecond = (progress.Bytes - progress.KeptBytes) / Math.Max(0.1, (now - _began) * 1e-3);
            Console.Write(FormattableString.Invariant(
                $"\r{host} {progress.Take.Place}: {100.0 * progress.Bytes / Math.Max(1, progress.Take.Bytes):0} % of {progress.Take.Bytes / 1e6:0.0} MB, {perSecond / 1e6:0.0} MB/s{ClearRest}"));
        }
    }

    public void End(string host, string sidecar)
    {
        TakeProgress done = _last;
        if (asJson)
        {
            JsonLine.Write(json =>
            {
                json.WriteString("event", "fetched");
                json.WriteString("host", host);
                json.WriteString("take", done.Take.Place);
                json.WriteString("file", sidecar);
                json.WriteNumber("bytes", done.Bytes);
                json.WriteNumber("kept", done.KeptBytes);
            });
            return;
        }

        string kept = done.KeptBytes > 0 ? FormattableString.Invariant($", {done.KeptBytes / 1e6:0.0} MB of it were here") : "";
        Console.WriteLine(FormattableString.Invariant($"{(_isLive ? "\r" : "")}{host} {done.Take.Place}: {done.Bytes / 1e6:0.0} MB{kept}.{(_isLive ? ClearRest : "")}"));
    }

    /// <summary>What comes next is another line.</summary>
    public void BreakOff()
    {
        if (_isLive)
        {
            Console.WriteLine();
        }
    }
}
