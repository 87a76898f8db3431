// SPDX-License-Identifier: MIT
namespace AudioMesh.Compute.Cpu;

/// <summary>Recorded dispatches; a run is over when <see cref="Submit"/> returns.</summary>
internal sealed class CpuProgram(CpuStep[] steps) : IComputeProgram
{
    private long _last;

    public long Submit()
    {
        foreach (ref readonly CpuStep step in steps.AsSpan())
        {
            step.Run();
        }

        return ++_last;
    }

    public bool IsDone(long ticket) => ticket <= _last;

    public bool Wait(long ticket, TimeSpan timeout) => IsDone(ticket);

    public void Dispose()
    {
    }
}
