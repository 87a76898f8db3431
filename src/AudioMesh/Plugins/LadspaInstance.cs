// SPDX-License-Identifier: MIT
using AudioMesh.Realtime;

namespace AudioMesh.Plugins;

/// <summary>
/// One running plug-in with memory of its own behind every port, connected once. Made and disposed on the control side; run by one device thread. Throws
/// DeviceUnavailable where the plug-in refuses.
/// </summary>
internal sealed unsafe class LadspaInstance : IDisposable
{
    private readonly LadspaPlugin _plugin;
    private readonly int _blockFrames;
    private readonly nuint _bytes;
    private readonly float* _memory;
    private readonly delegate* unmanaged[Cdecl]<void*, ulong, void> _run;
    private void* _handle;

    /// <summary>Makes it ready to run at <paramref name="rate"/>; its control ports read <paramref name="controls"/>, in the order of <see cref="LadspaPlugin.Controls"/>.</summary>
    public LadspaInstance(LadspaPlugin plugin, int rate, int blockFrames, float* controls)
    {
        _plugin = plugin;
        _blockFrames = blockFrames;
        _run = plugin.Descriptor->run;
        _bytes = (nuint)(((plugin.AudioInputs.Count + plugin.AudioOutputs.Count) * blockFrames) + plugin.Readings.Count) * sizeof(float);
        _memory = (float*)RealtimeMemory.Allocate(_bytes);
        _handle = plugin.Descriptor->instantiate(plugin.Descriptor, (ulong)rate);
        if (_handle == null)
        {
            Dispose();
            throw new AudioMeshException(AudioErrorKind.DeviceUnavailable, $"The plug-in '{plugin.Name}' refuses to run at {rate} Hz.");
        }

        Connect(controls);
        if (plugin.Descriptor->activate != null)
        {
            plugin.Descriptor->activate(_handle);
        }
    }

    /// <summary>What it will read of its input <paramref name="index"/>.</summary>
    [RealtimeSafe]
    public Span<float> Input(int index) => new(_memory + (index * _blockFrames), _blockFrames);

    /// <summary>What it wrote to its output <paramref name="index"/>.</summary>
    [RealtimeSafe]
    public Span<float> Output(int index) => new(_memory + ((_plugin.AudioInputs.Count + index) * _blockFrames), _blockFrames);

    /// <summary>The reading <paramref name="index"/> as it last wrote it.</summary>
    [RealtimeSafe]
    public float Reading(int index) => Readings[index];

    /// <summary>Runs it over <paramref name="frames"/> frames, 1 to as many as a block has.</summary>
    [RealtimeSafe]
    public void Run(int frames) => _run(_handle, (ulong)frames);

    public void Dispose()
    {
        if (_handle != null)
        {
            if (_plugin.Descriptor->deactivate != null)
            {
                _plugin.Descriptor->deactivate(_handle);
            }

            _plugin.Descriptor->cleanup(_handle);
            _handle = null;
        }

        RealtimeMemory.Free(_memory, _bytes);
    }

    private float* Readings => _memory + ((_plugin.AudioInputs.Count + _plugin.AudioOutputs.Count) * _blockFrames);

    private void Connect(float* controls)
    {
        for (int i = 0; i < _plugin.AudioInputs.Count; i++)
        {
            ConnectPort(_plugin.AudioInputs[i], _memory + (i * _blockFrames));
        }

        for (int i = 0; i < _plugin.AudioOutputs.Count; i++)
        {
            ConnectPort(_plugin.AudioOutputs[i], _memory + ((_plugin.AudioInputs.Count + i) * _blockFrames));
        }

        for (int i = 0; i < _plugin.Controls.Count; i++)
        {
            ConnectPort(_plugin.Controls[i].Port, controls + i);
        }

        for (int i = 0; i < _plugin.Readings.Count; i++)
        {
            ConnectPort(_plugin.Readings[i].Port, Readings + i);
        }
    }

    private void ConnectPort(int port, float* memory) => _plugin.Descriptor->connect_port(_handle, (ulong)port, memory);
}
