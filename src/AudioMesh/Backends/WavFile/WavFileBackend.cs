// SPDX-License-Identifier: MIT
using AudioMesh.Files;

namespace AudioMesh.Backends.WavFile;

/// <summary>
/// Renders into an audio file: the device name is its path, its extension says the kind (see <see cref="AudioFile.Create"/>). An existing file is
/// overwritten when opening. Paced, it runs by the system's clock like a device; with <see cref="StreamRequest.Paced"/> off as fast as disk and renderer
/// allow. A start after a stop goes on behind what was rendered; when <see cref="AudioBackend.Close"/> returns the file is complete. When the disk is
/// full or fails the stream is Lost with that reason, told by an event even where only closing finds it out, and the file holds what fitted.
/// </summary>
public sealed class WavFileBackend : AudioBackend
{
    private const int DefaultRate = 48_000;
    private const int DefaultPeriodFrames = 128;
    private const int DefaultPeriods = 2;
    private const int MaxChannels = 64;
    private const int FinishTimeoutMs = 1900;
    private SoftwareDevice? _device;
    private FileRecorder? _recorder;

    /// <inheritdoc/>
    public override string Driver => "wav";

    /// <inheritdoc/>
    public override bool CanReturn => false;

    private protected override bool IsDeviceThreadRealtime => _device!.IsRealtime;

    /// <inheritdoc/>
    public override bool IsAvailable(out string reason)
    {
        reason = "";
        return true;
    }

    /// <summary>None: any path may be opened.</summary>
    public override IReadOnlyList<AudioDevice> EnumerateDevices() => [];

    private protected override StreamInfo OpenDevice(StreamRequest request, DeviceStream stream)
    {
        if (request.Device.Length == 0)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, "wav: the device is the path of the file to write; it is empty.") { Field = "device" };
        }

        if (request.InputChannels > 0 || request.OutputChannels > MaxChannels)
        {
            throw new AudioMeshException(
                AudioErrorKind.FormatUnsupported,
                $"wav: {request.Device} takes 1..{MaxChannels} output channels and has no inputs, not {request.OutputChannels} and {request.InputChannels}.");
        }

        int period = request.PeriodFrames == 0 ? DefaultPeriodFrames : request.PeriodFrames;
        StreamInfo info = new()
        {
            Driver = Driver,
            Device = Path.GetFullPath(request.Device),
            Rate = request.Rate == 0 ? DefaultRate : request.Rate,
            PeriodFrames = period,
            BufferFrames = period * (request.Periods == 0 ? DefaultPeriods : request.Periods),
            OutputChannels = request.OutputChannels,
            InputChannels = 0,
            Format = request.Format == SampleFormat.Any ? SampleFormat.Float32 : request.Format,
        };
        IAudioFileWriter file = AudioFile.Create(
            request.Device,
            new AudioFileOptions { Rate = info.Rate, Channels = info.OutputChannels, Format = ToFileFormat(info.Format) });
        _recorder = new FileRecorder(stream, info, file);
        _device = new SoftwareDevice(stream, info, request.Paced, _recorder);
        return info;
    }

    private protected override void StartDevice() => _device!.Start();

    private protected override void StopDevice() => _device!.Stop();

    private protected override void CloseDevice()
    {
        _device!.Dispose();
        _recorder!.Finish(FinishTimeoutMs);
        _device = null;
        _recorder = null;
    }

    private static FileSampleFormat ToFileFormat(SampleFormat format) => format switch
    {
        SampleFormat.Int16 => FileSampleFormat.Int16,
        SampleFormat.Int24 => FileSampleFormat.Int24,
        SampleFormat.Int32 => FileSampleFormat.Int32,
        SampleFormat.Float32 => FileSampleFormat.Float32,
        _ => throw new AudioMeshException(AudioErrorKind.FormatUnsupported, $"wav: files do not store {format}."),
    };
}
