// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Backends.Tests.Alsa;

/// <summary>
/// A backend that opens again when a JACK server refused: jackd 1.9.21 now and then hangs up on a client that comes while another leaves.
/// </summary>
internal sealed class PatientBackend(IAudioOutputBackend backend) : IAudioOutputBackend
{
    private const int Attempts = 10;

    public string Driver => backend.Driver;

    public BackendState State => backend.State;

    public StreamInfo? Stream => backend.Stream;

    public string LostReason => backend.LostReason;

    public bool IsAvailable(out string reason) => backend.IsAvailable(out reason);

    public IReadOnlyList<AudioDevice> EnumerateDevices() => backend.EnumerateDevices();

    public StreamInfo Open(StreamRequest request, IRenderCallback? render)
    {
        for (int attempt = 1; ; attempt++)
        {
            try
            {
                return backend.Open(request, render);
            }
            catch (AudioMeshException e) when (e.Kind == AudioErrorKind.DeviceUnavailable && attempt < Attempts)
            {
                Thread.Sleep(50);
            }
        }
    }

    public void Start() => backend.Start();

    public void Stop() => backend.Stop();

    public void Close() => backend.Close();

    public int PushAudio(ReadOnlySpan<float> samples, int frames, MeshTime timestampGpu) => backend.PushAudio(samples, frames, timestampGpu);

    public bool TryReadEvent(out DeviceEvent deviceEvent) => backend.TryReadEvent(out deviceEvent);

    public void Dispose() => backend.Dispose();
}
