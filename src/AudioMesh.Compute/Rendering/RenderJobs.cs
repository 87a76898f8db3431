// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Rendering;

/// <summary>The periods under way, by number: begun by one thread, finished in order by another, looked at by a third.</summary>
internal sealed class RenderJobs
{
    private readonly RenderJob[] _jobs;
    private long _begun;
    private long _finished;

    public RenderJobs(IGpuPatch patch, int frames, int count)
    {
        _jobs = new RenderJob[count];
        for (int i = 0; i < count; i++)
        {
            _jobs[i] = new RenderJob(patch, frames);
        }
    }

    /// <summary>Periods begun; the number of the next one.</summary>
    public long Begun => Volatile.Read(ref _begun);

    /// <summary>Periods finished; the number of the oldest under way.</summary>
    public long Finished => Volatile.Read(ref _finished);

    public bool HasRoom => Begun - Finished < _jobs.Length;

    public RenderJob this[long number] => _jobs[(int)(number % _jobs.Length)];

    public void Begin() => Volatile.Write(ref _begun, _begun + 1);

    public void Finish() => Volatile.Write(ref _finished, _finished + 1);
}
