// SPDX-License-Identifier: MIT
using System.Runtime.Versioning;
using AudioMesh.Interop;

namespace AudioMesh.Backends.Alsa;

/// <summary>
/// Plays and records through ALSA: sound cards (<c>hw:...</c>) and whatever alsa-lib's configuration makes a PCM. The device's rate, format and
/// channel count are never converted by this backend. A thread of its own, realtime where the system allows, waits for the device.
/// </summary>
[SupportedOSPlatform("linux")]
public sealed class AlsaBackend : AudioBackend
{
    private const int ProbeTimeoutMs = 1500;
    private const int OpenTimeoutMs = 4500;
    private const int StopTimeoutMs = 1300;
    private const int CloseTimeoutMs = 1300;

    private AlsaDeviceThread? _thread;
    private DeviceStream? _stream;

    /// <inheritdoc/>
    public override string Driver => "alsa";

    private protected override bool IsDeviceThreadRealtime => _thread!.IsRealtime;

    /// <inheritdoc/>
    public override bool IsAvailable(out string reason)
    {
        if (!LibAsound.TryGet(out LibAsound? library, out reason))
        {
            return false;
        }

        reason = AbandonableWork.TryRun(() => WhyNoDefault(library), late: _ => { }, ProbeTimeoutMs, out string? answer)
            ? answer!
            : $"alsa: '{AlsaDevices.Default}' hangs when it is opened.";
        return reason.Length == 0;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AudioDevice> EnumerateDevices() =>
        LibAsound.TryGet(out LibAsound? library, out _) ? AlsaDevices.List(library) : [];

    private protected override StreamInfo OpenDevice(StreamRequest request, DeviceStream stream)
    {
        LibAsound library = LibAsound.Instance;
        string device = request.Device.Length > 0 ? request.Device : AlsaDevices.Default;
        if (!AbandonableWork.TryRun(() => PcmPair.Open(library, device, request), pair => pair.Dispose(), OpenTimeoutMs, out PcmPair? pcms))
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, $"alsa: '{device}' did not open within {OpenTimeoutMs} ms.");
        }

        _thread = new AlsaDeviceThread(library, pcms!, device, stream);
        _stream = stream;
        PcmShape shape = pcms!.Shape;
        return new StreamInfo
        {
            Driver = Driver,
            Device = device,
            Rate = shape.Rate,
            PeriodFrames = shape.PeriodFrames,
            BufferFrames = shape.BufferFrames,
            OutputChannels = request.OutputChannels,
            InputChannels = request.InputChannels,
            Format = shape.Format,
            OutputLatencyFrames = request.OutputChannels > 0 ? shape.BufferFrames - shape.PeriodFrames : 0,
            InputLatencyFrames = request.InputChannels > 0 ? shape.PeriodFrames : 0,
        };
    }

    private protected override void StartDevice() => _thread!.Start();

    private protected override void StopDevice()
    {
        if (!_thread!.Stop(StopTimeoutMs))
        {
            _stream!.Lose(AudioErrorKind.Timeout, $"'{_stream.Info?.Device}' hangs: it does not stop.");
        }
    }

    private protected override void CloseDevice()
    {
        AlsaDeviceThread thread = _thread!;
        _thread = null;
        _stream = null;
        AbandonableWork.TryRun(() => Release(thread), late: _ => { }, CloseTimeoutMs, out _);
    }

    private static bool Release(AlsaDeviceThread thread)
    {
        thread.Stop(Timeout.Infinite);
        thread.Dispose();
        return true;
    }

    /// <summary>Why the default device can be opened in neither direction; empty when it can, or somebody has it.</summary>
    private static string WhyNoDefault(LibAsound library)
    {
        string reason = WhyNot(library, plays: true);
        return reason.Length > 0 && WhyNot(library, plays: false).Length == 0 ? "" : reason;
    }

    private static unsafe string WhyNot(LibAsound library, bool plays)
    {
        using AlsaMessages messages = new(library);
        try
        {
            library.snd_pcm_close(AlsaPcm.OpenHandle(library, AlsaDevices.Default, plays, messages));
            return "";
        }
        catch (AudioMeshException e)
        {
            return e.Kind == AudioErrorKind.DeviceBusy ? "" : e.Message;
        }
    }
}
