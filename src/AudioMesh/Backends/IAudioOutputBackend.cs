// SPDX-License-Identifier: MIT
using AudioMesh.Clock;
using AudioMesh.Realtime;

namespace AudioMesh.Backends;

/// <summary>
/// One way to a sound device, for output and input. Unless they say otherwise, members are for
/// one control thread, may block up to a stated bound and throw <see cref="AudioMeshException"/>; none is called from the device thread.
/// States and their order are those of <see cref="BackendState"/>; calls out of order throw InvalidState. One conformance suite holds every backend to this.
/// </summary>
public interface IAudioOutputBackend : IDisposable
{
    /// <summary>The backend's name: <c>jack</c>, <c>alsa</c>, <c>coreaudio</c>, <c>null</c>, <c>wav</c>.</summary>
    string Driver { get; }

    /// <summary>Where it stands; may be read from any thread.</summary>
    BackendState State { get; }

    /// <summary>What is open, kept up to date while running; null when closed.</summary>
    StreamInfo? Stream { get; }

    /// <summary>Why the state is <see cref="BackendState.Lost"/>, for people; empty in any other state. May be read from any thread.</summary>
    string LostReason { get; }

    /// <summary>Whether a lost device may be opened again; false for a file, which that would overwrite.</summary>
    bool CanReturn => true;

    /// <summary>Whether it could open something now (library installed, server answers, device there); else says why not. Answers within 2 s.</summary>
    bool IsAvailable(out string reason);

    /// <summary>The devices it sees now.</summary>
    IReadOnlyList<AudioDevice> EnumerateDevices();

    /// <summary>
    /// Configures a device. With a <paramref name="render"/> callback the device pulls; without one the app pushes through <see cref="PushAudio"/>.
    /// Throws NotFound, DeviceUnavailable, DeviceBusy, FormatUnsupported, InvalidArgument, LibraryMissing, PermissionDenied or Timeout (within 5 s); the state then is Closed.
    /// </summary>
    StreamInfo Open(StreamRequest request, IRenderCallback? render);

    /// <summary>Begins to call back. The first block follows within one second, or it throws Timeout and the state is Open; or DeviceLost, when it is Lost.</summary>
    void Start();

    /// <summary>Ends calling back; when it returns no callback runs and none will. Allowed in Running and in Lost, which stays Lost.</summary>
    void Stop();

    /// <summary>Gives everything back, in any state, within 3 s even when the server hangs. Events that were not read stay readable.</summary>
    void Close();

    /// <summary>
    /// Push-style: copies up to <paramref name="frames"/> interleaved frames into the stream's ring and returns how many it took; the
    /// device plays them in order, silence where they run out. Any one thread; never blocks. <paramref name="timestampGpu"/> is the
    /// mesh time of the first sample, or <see cref="MeshTime.Unknown"/>; it goes into the ring with the frames.
    /// Throws InvalidState when opened with a callback, or closed.
    /// </summary>
    int PushAudio(ReadOnlySpan<float> samples, int frames, MeshTime timestampGpu);

    /// <summary>Takes the oldest event, if any. One consumer thread.</summary>
    [RealtimeSafe]
    bool TryReadEvent(out DeviceEvent deviceEvent);
}
