namespace OpenTelemetry.Instrumentation.Runtime;

public class RuntimeInstrumentationOptions;
