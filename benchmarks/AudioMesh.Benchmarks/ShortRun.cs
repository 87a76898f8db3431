// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Reflection;
using BenchmarkDotNet.Attributes;

namespace AudioMesh.Benchmarks;

/// <summary>
/// Every benchmark for a moment: it passes when it allocates nothing once warm. Times are printed and not judged, because they tell
/// as much about the machine's other work as about ours.
/// </summary>
internal static class ShortRun
{
    private const int Warmup = 500;
    private const int Rounds = 20;
    private const int PerRound = 500;

    public static int Run()
    {
        int passed = 0;
        int failed = 0;
        foreach ((string name, Action operation) in Cases())
        {
            (double ns, double bytes) = Measure(operation);
            bool isGood = bytes == 0;
            passed += isGood ? 1 : 0;
            failed += isGood ? 0 : 1;
            Console.WriteLine($"  {(isGood ? "ok    " : "FAILED")} {name,-52} {bytes,6:F1} B {ns,10:F1} ns");
        }

        Console.WriteLine($"{passed} passed, {failed} failed, 0 skipped");
        return failed == 0 ? 0 : 1;
    }

    private static (double Ns, double Bytes) Measure(Action operation)
    {
        Repeat(operation, Warmup);
        long before = GC.GetAllocatedBytesForCurrentThread();
        long best = long.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            long begin = Stopwatch.GetTimestamp();
            Repeat(operation, PerRound);
            best = Math.Min(best, Stopwatch.GetTimestamp() - begin);
        }

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        return (best * 1e9 / Stopwatch.Frequency / PerRound, allocated / (double)(Rounds * PerRound));
    }

    private static void Repeat(Action operation, int count)
    {
        for (int i = 0; i < count; i++)
        {
            operation();
        }
    }

    private static IEnumerable<(string Name, Action Operation)> Cases()
    {
        IEnumerable<Type> types = typeof(ShortRun).Assembly.GetTypes().OrderBy(type => type.Name);
        foreach (Type type in types.Where(type => Operations(type).Length > 0))
        {
            PropertyInfo? parameter = type.GetProperties().SingleOrDefault(property => property.GetCustomAttribute<ParamsAttribute>() is not null);
            object?[] values = parameter?.GetCustomAttribute<ParamsAttribute>()!.Values ?? [null];
            foreach (object? value in values)
            {
                object instance = Activator.CreateInstance(type)!;
                parameter?.SetValue(instance, value);
                Call<GlobalSetupAttribute>(instance);
                foreach (MethodInfo operation in Operations(type))
                {
                    string suffix = parameter is null ? "" : $"({parameter.Name} {value})";
                    yield return ($"{type.Name}.{operation.Name}{suffix}", operation.CreateDelegate<Action>(instance));
                }

                Call<GlobalCleanupAttribute>(instance);
            }
        }
    }

    private static MethodInfo[] Operations(Type type) =>
        [.. type.GetMethods().Where(method => method.GetCustomAttribute<BenchmarkAttribute>() is not null)];

    private static void Call<TAttribute>(object instance)
        where TAttribute : Attribute =>
        Array.Find(instance.GetType().GetMethods(), method => method.GetCustomAttribute<TAttribute>() is not null)?.Invoke(instance, null);
}
