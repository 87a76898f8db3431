// SPDX-License-Identifier: MIT
using AudioMesh.Clock;

namespace AudioMesh.Compute.Rendering;

/// <summary>Room for one period on the device. The GPU's thread alone.</summary>
internal sealed class GpuSlot(IGpuPeriod period)
{
    private RenderJob? _job;
    private long _number;

    public IGpuPeriod Period { get; } = period;

    public long Ticket { get; private set; }

    public void Submit(RenderJob job, long number)
    {
        Period.Load(job.Inputs, job.Parameters);
        (_job, _number) = (job, number);
        Ticket = Period.Program.Submit();
    }

    /// <summary>Hands over what is done. Late, it is nobody's: the job has gone on to another number.</summary>
    public void Deliver()
    {
        Period.Read(_job!.GpuOutputs);
        _job.GpuDoneAt = MeshClock.Now;
        _job.GpuDone = _number;
    }
}
