// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>A transport that others share, such as a JACK server's: whatever it is told takes effect at the edge of a period, some periods later.</summary>
public interface IPeriodTransport : IDisposable
{
    /// <summary>What kind it is: <c>jack</c>.</summary>
    string Driver { get; }

    /// <summary>Frames per second. Any thread.</summary>
    int Rate { get; }

    /// <summary>Frames per period. Any thread.</summary>
    int PeriodFrames { get; }

    /// <summary>The greatest frame it can be at.</summary>
    long MaxFrame { get; }

    /// <summary>Periods the device missed since this was opened. Any thread.</summary>
    long Xruns { get; }

    /// <summary>Why it is gone; empty while it is there. Any thread.</summary>
    string LostReason { get; }

    /// <summary>Begins to call <paramref name="handler"/>. Once; control thread. Throws DeviceUnavailable, Timeout.</summary>
    void Run(IPeriodTransportHandler handler);

    /// <summary>Asks to roll from where it stands. Any thread.</summary>
    [RealtimeSafe]
    void Start();

    /// <summary>Asks to stand. Any thread.</summary>
    [RealtimeSafe]
    void Stop();

    /// <summary>Asks to go to <paramref name="frame"/>, 0 to <see cref="MaxFrame"/>. Any thread.</summary>
    [RealtimeSafe]
    void Locate(long frame);

    /// <summary>
    /// Tells the programs that share the transport where in bars and beats it is, from <paramref name="beats"/> on its device thread. Told once more when the beats changed, so that it is seen
    /// while the transport stands. Takes effect soon; any thread.
    /// </summary>
    void ShareBeats(IBeatSource beats, BeatSharing sharing);

    /// <summary>Whether it is these beats that the others see, as of the last second. Any thread.</summary>
    bool SharesBeats { get; }
}
