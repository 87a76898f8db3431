// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;
using AudioMesh.Kernels;

bool isShort = args.Contains("--short");
using CLibrary? c = CLibrary.Compile();
if (c is null)
{
    Console.WriteLine("gcc is not installed.");
    Console.WriteLine("0 passed, 0 failed, 1 skipped");
    return 0;
}

int width = Vector512.IsHardwareAccelerated ? 512 : Vector256.IsHardwareAccelerated ? 256 : 128;
Console.WriteLine($"Vectors of {width} bits; C: {CLibrary.Command}");
Contest contest = new(isShort ? 20 : 400);
Tables tables = new(c, contest);
tables.ShowOperations("in the first-level cache", 3072);
tables.ShowOperations("in the second-level cache", 65536);
tables.ShowMatrix(isShort);
Console.WriteLine($"{tables.Passed} passed, {tables.Failed} failed, 0 skipped");
return tables.Failed == 0 ? 0 : 1;
