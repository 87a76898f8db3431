// SPDX-License-Identifier: MIT
using AudioMesh.Network.Jdat;

namespace AudioMesh.Network.Tests.Jdat;

/// <summary>Keeps what JDAT lines said.</summary>
internal sealed class JdatLog : IJdatHandler
{
    private readonly Lock _gate = new();
    private readonly List<(JdatAudio Audio, float[] Samples)> _audio = [];
    private readonly List<JdatTransport> _transport = [];
    private readonly List<JdatSyncCalibration> _sync = [];
    private readonly List<JdatFault> _faults = [];

    public IReadOnlyList<(JdatAudio Audio, float[] Samples)> Audio => Copy(_audio);

    public IReadOnlyList<JdatTransport> Transport => Copy(_transport);

    public IReadOnlyList<JdatSyncCalibration> Sync => Copy(_sync);

    public IReadOnlyList<JdatFault> Faults => Copy(_faults);

    public bool IsEnded { get; private set; }

    public float[] Samples => [.. Audio.SelectMany(line => line.Samples)];

    public void OnAudio(in JdatAudio audio, ReadOnlySpan<float> samples) => Add(_audio, (audio, samples.ToArray()));

    public void OnTransport(in JdatTransport command) => Add(_transport, command);

    public void OnSyncCalibration(JdatSyncCalibration block) => Add(_sync, block);

    public void OnFault(in JdatFault fault) => Add(_faults, fault);

    public void OnEnd() => IsEnded = true;

    private void Add<T>(List<T> list, T item)
    {
        lock (_gate)
        {
            list.Add(item);
        }
    }

    private T[] Copy<T>(List<T> list)
    {
        lock (_gate)
        {
            return [.. list];
        }
    }
}
