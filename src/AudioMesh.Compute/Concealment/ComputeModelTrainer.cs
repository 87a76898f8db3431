// SPDX-License-Identifier: MIT
using AudioMesh.Compute.Kernels;
using AudioMesh.Concealment;

namespace AudioMesh.Compute.Concealment;

/// <summary>
/// Trains the predictors of up to <c>streams</c> channels at once on a GPU, or on whatever runs kernels: the same bits as <see cref="CpuModelTrainer"/>.
/// One thread at a time.
/// </summary>
public sealed class ComputeModelTrainer : IModelTrainer, IDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(5);

    private readonly IComputeDevice _device;
    private readonly Dictionary<(int Window, int Order), BurgProgram> _programs = [];

    /// <summary>Records nothing yet: what a window's size needs is recorded when it is first used.</summary>
    /// <param name="device">Outlives the trainer.</param>
    /// <param name="streams">The most windows at once.</param>
    public ComputeModelTrainer(IComputeDevice device, int streams)
    {
        _device = device;
        MostStreams = streams;
    }

    /// <inheritdoc/>
    public int MostStreams { get; }

    /// <summary>
    /// Throws <see cref="AudioErrorKind.DeviceLost"/> when the device is gone, <see cref="AudioErrorKind.Timeout"/> when it hangs, and
    /// <see cref="AudioErrorKind.InvalidArgument"/> for more windows than it was made for.
    /// </summary>
    /// <inheritdoc/>
    public void Train(ReadOnlySpan<float> windows, int window, Span<float> models, int order)
    {
        BurgProgram program = ProgramFor(window, order);
        int streams = models.Length / order;
        if (streams > MostStreams)
        {
            throw new AudioMeshException(AudioErrorKind.InvalidArgument, $"{streams} windows at once.") { Field = nameof(models), Allowed = $"1..{MostStreams}" };
        }

        for (int stream = 0; stream < streams; stream++)
        {
            windows.Slice(stream * window, window).CopyTo(program.Window(stream));
        }

        if (!program.Program.Wait(program.Program.Submit(), Limit))
        {
            throw new AudioMeshException(AudioErrorKind.Timeout, $"{_device.Info.Name} did not train in {Limit.TotalSeconds} s.");
        }

        for (int stream = 0; stream < streams; stream++)
        {
            program.Model(stream).CopyTo(models[(stream * order)..]);
        }
    }

    /// <summary>Frees what was recorded.</summary>
    public void Dispose()
    {
        foreach (BurgProgram program in _programs.Values)
        {
            program.Dispose();
        }

        _programs.Clear();
    }

    private BurgProgram ProgramFor(int window, int order)
    {
        if (!_programs.TryGetValue((window, order), out BurgProgram? program))
        {
            program = new BurgProgram(_device, MostStreams, window, order);
            _programs.Add((window, order), program);
        }

        return program;
    }
}
