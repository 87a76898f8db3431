// SPDX-License-Identifier: MIT
using AudioMesh.Fills;

bool isShort = args.Contains("--short");
Console.WriteLine("| profile | channels | frames | fill p50 | p99 | longest | with 128 frames behind, p50 | p99 | training p50 | p99 |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|");
int failed = 0;
foreach (FillCost cost in FillCost.Measure(isShort ? 200 : 1000))
{
    Console.WriteLine(cost.Row);
    failed += cost.AllocatedBytes == 0 ? 0 : 1;
}

Console.WriteLine();
Console.WriteLine("| channels | loss | period | device thread p50 | p99 | p99.9 | longest | of the period at p99.9 | profile | models late | left out |");
Console.WriteLine("|---|---|---|---|---|---|---|---|---|---|---|");
foreach (int channels in (ReadOnlySpan<int>)[2, 8, 64])
{
    CrowdCost crowd = CrowdCost.Measure(channels, seconds: isShort ? 1 : 20);
    Console.WriteLine(crowd.Row);
    failed += crowd.AllocatedBytes == 0 ? 0 : 1;
}

Console.WriteLine($"{FillCost.Count + 3 - failed} passed, {failed} failed, 0 skipped");
return failed == 0 ? 0 : 1;
