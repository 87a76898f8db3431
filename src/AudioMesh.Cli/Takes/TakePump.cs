// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Network.Stems;
using AudioMesh.Realtime;

namespace AudioMesh.Cli.Takes;

/// <summary>Carries what the device hears from the engine's ring to the recorder, and tells it when that was heard.</summary>
internal sealed class TakePump(AudioMeshEngine engine, AppSink sink, TakeRecorder recorder, DeviceInfo opened)
{
    private const int LookMs = 1000;
    private const int WaitMs = 5;

    private readonly float[] _block = new float[Math.Min(opened.PeriodFrames, JamAudioFrame.MaxSampleFrames) * sink.Channels];
    private long _latencyNs;
    private double _errorNs;
    private long _nextLook;

    /// <summary>Goes on until the take is over or <paramref name="end"/>. Throws what the engine throws.</summary>
    public async Task RunAsync(CancellationToken end)
    {
        while (recorder.State is TakeState.Armed or TakeState.Recording)
        {
            bool isEnd = end.IsCancellationRequested;
            await LookAsync();
            while (TakeBlock())
            {
            }

            if (isEnd)
            {
                return;
            }

            await Task.Delay(WaitMs, CancellationToken.None);
        }
    }

    // The ring tells when a frame leaves the device: it came in by both latencies earlier. They are asked for until the take begins, and then stay, lest a new figure be taken for a gap.
    private async Task LookAsync()
    {
        if (Environment.TickCount64 < _nextLook)
        {
            return;
        }

        _nextLook = Environment.TickCount64 + LookMs;
        DeviceInfo device = await engine.GetDeviceAsync() ?? opened;
        if (recorder.State == TakeState.Armed)
        {
            _latencyNs = new FrameCount((long)device.OutputLatencyFrames + device.InputLatencyFrames).ToNanoseconds(device.Rate);
        }

        _errorNs = (await engine.GetClockAsync()).ErrorNs ?? new FrameCount(device.PeriodFrames).ToNanoseconds(device.Rate);
    }

    private bool TakeBlock()
    {
        int frames = sink.Read(_block, out JamAudioFrame first);
        if (frames == 0)
        {
            return false;
        }

        MeshTime heard = first.TimestampGpu.IsKnown ? first.TimestampGpu.Add(-_latencyNs) : MeshTime.Unknown;
        recorder.Take(_block.AsSpan(0, frames * sink.Channels), heard, first.Flags, Math.Max(0, _errorNs));
        return true;
    }
}
