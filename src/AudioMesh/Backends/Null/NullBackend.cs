// SPDX-License-Identifier: MIT
namespace AudioMesh.Backends.Null;

/// <summary>
/// A device that is always there: it keeps time by the system's monotonic clock, plays to nobody and records silence. With
/// <see cref="StreamRequest.Paced"/> off it runs as fast as the renderer allows, in a time of its own.
/// </summary>
public sealed class NullBackend : AudioBackend
{
    private const int DefaultRate = 48_000;
    private const int DefaultPeriodFrames = 128;
    private const int DefaultPeriods = 2;
    private SoftwareDevice? _device;

    /// <inheritdoc/>
    public override string Driver => "null";

    private protected override bool IsDeviceThreadRealtime => _device!.IsRealtime;

    /// <inheritdoc/>
    public override bool IsAvailable(out string reason)
    {
        reason = "";
        return true;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AudioDevice> EnumerateDevices() =>
        [new AudioDevice(Driver, Driver, "Keeps time, plays to nobody", StreamRequest.MaxChannels, StreamRequest.MaxChannels, 0, IsDefault: true)];

    private protected override StreamInfo OpenDevice(StreamRequest request, DeviceStream stream)
    {
        if (request.Device.Length > 0 && request.Device != Driver)
        {
            throw new AudioMeshException(AudioErrorKind.NotFound, $"null: no device '{request.Device}', only '{Driver}'.");
        }

        int period = request.PeriodFrames == 0 ? DefaultPeriodFrames : request.PeriodFrames;
        int buffer = period * (request.Periods == 0 ? DefaultPeriods : request.Periods);
        StreamInfo info = new()
        {
            Driver = Driver,
            Device = Driver,
            Rate = request.Rate == 0 ? DefaultRate : request.Rate,
            PeriodFrames = period,
            BufferFrames = buffer,
            OutputChannels = request.OutputChannels,
            InputChannels = request.InputChannels,
            Format = SampleFormat.Float32,
            OutputLatencyFrames = buffer,
            InputLatencyFrames = period,
        };
        _device = new SoftwareDevice(stream, info, request.Paced, sink: null);
        return info;
    }

    private protected override void StartDevice() => _device!.Start();

    private protected override void StopDevice() => _device!.Stop();

    private protected override void CloseDevice()
    {
        _device!.Dispose();
        _device = null;
    }
}
