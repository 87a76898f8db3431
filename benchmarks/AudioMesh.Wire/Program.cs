// SPDX-License-Identifier: MIT
using AudioMesh.Network.Wire;
using AudioMesh.Wire;

int rounds = args.Contains("--short") ? 50 : 1000;
List<PacketCost> costs = [];
Console.WriteLine("| packet | bytes | step | ns p50 | p99 |");
Console.WriteLine("|---|---|---|---|---|");
foreach (PacketCost cost in PacketCost.Measure(rounds))
{
    Console.WriteLine(cost.Row);
    costs.Add(cost);
}

Console.WriteLine();
Console.WriteLine("| body bytes | AES-256-GCM ns p50 | ChaCha20-Poly1305 ns p50 | ratio |");
Console.WriteLine("|---|---|---|---|");
foreach (int bytes in (ReadOnlySpan<int>)[64, AudioBody.HeaderBytes + 384, DatagramSize.Body(DatagramSize.Default)])
{
    Console.WriteLine(CipherChoice.Measure(bytes, rounds));
}

int failed = costs.Count(cost => cost.AllocatedBytes != 0);
Console.WriteLine($"{costs.Count - failed} passed, {failed} failed, 0 skipped");
return failed == 0 ? 0 : 1;
