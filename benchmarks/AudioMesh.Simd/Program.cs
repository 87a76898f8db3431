// SPDX-License-Identifier: MIT
using AudioMesh.Simd;

// "measure" is what this program asks of itself and of its compiled twin.
if (args is ["measure"])
{
    foreach (KernelTime time in Kernels.Measure())
    {
        Console.WriteLine(time);
    }

    return 0;
}

Tally tally = new();
InstructionGate.Check(tally);
Comparison.Show(tally);
Console.WriteLine(tally);
return tally.Failed == 0 ? 0 : 1;
