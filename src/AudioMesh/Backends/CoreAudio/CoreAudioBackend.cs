// SPDX-License-Identifier: MIT
using AudioMesh.Interop;

namespace AudioMesh.Backends.CoreAudio;

/// <summary>
/// Devices of macOS through the HAL's IOProc. <see cref="StreamRequest.Device"/> is a UID, or empty for the system's default device.
/// Rates are set on the device itself, for all programs; a period outside the device's range becomes the nearest in it. Playing on one
/// device while recording from another needs an aggregate device. Executed against fakes on Linux, never on macOS.
/// </summary>
public sealed class CoreAudioBackend : AudioBackend
{
    private const int ListTimeoutMs = 1500;
    private const int OpenTimeoutMs = 4000;
    private const int StartTimeoutMs = 4000;
    private const int StopTimeoutMs = 1000;

    private readonly string? _libraryPath;
    private HalThread? _thread;
    private HalSession? _session;
    private HalWatch? _watch;

    /// <summary>Makes a closed backend on the system's frameworks, or on one library at <paramref name="libraryPath"/> that stands in for them.</summary>
    public CoreAudioBackend(string? libraryPath = null) => _libraryPath = libraryPath;

    /// <inheritdoc/>
    public override string Driver => "coreaudio";

    /// <summary>Always: the HAL runs every device on a time-constraint thread.</summary>
    private protected override bool IsDeviceThreadRealtime => true;

    /// <inheritdoc/>
    public override bool IsAvailable(out string reason)
    {
        try
        {
            reason = EnumerateDevices().Count > 0 ? "" : "coreaudio: the system has no sound device.";
        }
        catch (AudioMeshException error)
        {
            reason = error.Message;
        }

        return reason.Length == 0;
    }

    /// <inheritdoc/>
    public override IReadOnlyList<AudioDevice> EnumerateDevices()
    {
        CoreAudioFramework library = Load();
        HalThread thread = new();
        try
        {
            return thread.Call("listing devices", ListTimeoutMs, () => new HalDevices(new HalObjects(library)).Describe(Driver));
        }
        finally
        {
            thread.End();
        }
    }

    private protected override StreamInfo OpenDevice(StreamRequest request, DeviceStream stream)
    {
        HalSession session = new(Load(), stream, Driver);
        HalThread thread = new();
        try
        {
            StreamInfo info = thread.Call($"opening '{request.Device}'", OpenTimeoutMs, () => session.Open(request));
            (_session, _thread, _watch) = (session, thread, new HalWatch(session, thread, stream));
            return info;
        }
        catch
        {
            thread.TryCall(StopTimeoutMs, session.Dispose);
            thread.End();
            throw;
        }
    }

    private protected override void StartDevice()
    {
        _thread!.Call("starting the device", StartTimeoutMs, () =>
        {
            _session!.Start();
            return true;
        });
        _watch!.IsRunning = true;
    }

    private protected override void StopDevice()
    {
        _watch!.IsRunning = false;
        _thread!.TryCall(StopTimeoutMs, _session!.Stop);
    }

    private protected override void CloseDevice()
    {
        _watch!.Dispose();
        _thread!.TryCall(StopTimeoutMs, _session!.Dispose);
        _thread.End();
        (_session, _thread, _watch) = (null, null, null);
    }

    private CoreAudioFramework Load() =>
        _libraryPath is null ? CoreAudioFramework.Instance : CoreAudioFramework.Load(_libraryPath);
}
