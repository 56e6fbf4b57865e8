// Flags → settings → serve. README.md explains the flags.
#include "simulator/server.hpp"

#include <CLI/CLI.hpp>

#include <iostream>

namespace {

void add_fleet_flags(CLI::App& app, gls::simulator::Settings& settings) {
    auto& fleet = settings.fleet;
    app.add_option("--seed", fleet.seed, "same seed, sizes and clock movements: same fleet")
        ->group("Fleet");
    app.add_option("--sessions", fleet.sessions, "listed, ended ones included")->group("Fleet");
    app.add_option("--live", fleet.live, "of them")->group("Fleet");
    app.add_option("--ending-per-minute", fleet.ending_per_minute,
                   "and as many starting; 0: nothing moves")
        ->group("Fleet");
    app.add_option("--groups", fleet.groups, "stream groups")->group("Fleet");
    app.add_option("--applications", fleet.applications, "applications")->group("Fleet");
    app.add_option("--locations", fleet.locations, "locations")->group("Fleet");
    app.add_option("--export-share", fleet.export_share, "sessions whose files are exported")
        ->group("Fleet");
    app.add_option("--error-share", fleet.error_share, "sessions that fail while activating")
        ->group("Fleet");
    app.add_option("--retention", fleet.retention_seconds,
                   "seconds that ended sessions stay; 0: keep the size")
        ->group("Fleet");
    app.add_option("--diurnal", fleet.diurnal, "swing of the start rate over a day, 0 to 1")
        ->group("Fleet");
    app.add_option("--speed", settings.speed, "fleet seconds a second; 0: frozen")->group("Fleet");
    app.add_option("--fleet-offset", settings.fleet_offset_seconds,
                   "seconds the fleet's clock is ahead")
        ->group("Fleet");
}

void add_service_flags(CLI::App& app, gls::simulator::Settings& settings) {
    app.add_option("--listen-address", settings.listen_address, "a loopback address and port")
        ->group("Service");
    app.add_option("--tls-certificate", settings.tls_certificate, "PEM file")->group("Service");
    app.add_option("--tls-key", settings.tls_key, "PEM file")->group("Service");
    app.add_flag("--gzip", settings.gzip, "compress for clients that accept it")->group("Service");
    app.add_option("--clock-offset", settings.clock_offset_seconds,
                   "seconds the service's clock is ahead")
        ->group("Service");
    app.add_option("--rate-limit", settings.rate_limit, "calls a second and operation; 0: off")
        ->group("Service");
    app.add_option("--token-ttl", settings.token_ttl_seconds, "seconds a NextToken lives")
        ->group("Service");
}

void add_identity_flags(CLI::App& app, gls::simulator::Settings& settings) {
    app.add_option("--access-key-id", settings.access_key_id, "of the long-term key")
        ->group("Identity");
    app.add_option("--secret-access-key", settings.secret_access_key, "of the long-term key")
        ->group("Identity");
    app.add_option("--account-id", settings.account_id, "whose key that is")->group("Identity");
    app.add_option("--region", settings.region, "of the instance identity document")
        ->group("Identity");
    app.add_option("--credential-ttl", settings.credential_ttl_seconds,
                   "seconds issued credentials live")
        ->group("Identity");
    app.add_option("--external-id", settings.external_id, "demanded by AssumeRole")
        ->group("Identity");
    app.add_option("--web-identity-token", settings.web_identity_token, "the only one accepted")
        ->group("Identity");
    app.add_option("--container-token", settings.container_token, "demanded in Authorization")
        ->group("Identity");
    app.add_option("--instance-role", settings.instance_role, "empty: none")->group("Identity");
}

std::string fault_of(const gls::simulator::Settings& settings) {
    if (settings.tls_certificate.empty() != settings.tls_key.empty())
        return "--tls-certificate and --tls-key go together";
    if (settings.speed < 0) return "--speed must not be negative";
    return gls::simulator::fault_of(settings.fleet);
}

} // namespace

int main(int argc, char** argv) {
    gls::simulator::Settings settings;
    CLI::App app{"GameLift Streams on loopback, for tests, demonstrations and rehearsals"};
    add_fleet_flags(app, settings);
    add_service_flags(app, settings);
    add_identity_flags(app, settings);
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        return app.exit(error) == 0 ? 0 : 1;
    }
    if (const auto fault = fault_of(settings); !fault.empty()) {
        std::cerr << "gamelift_streams_simulator: " << fault << '\n';
        return 1;
    }
    const auto time = gls::simulator::system_time();
    gls::simulator::Simulator simulator{settings, *time};
    const auto served = gls::simulator::serve(simulator, settings, [](const std::string& url) {
        std::cout << "listening url=" << url << '\n' << std::flush;
    });
    if (!served) {
        std::cerr << "gamelift_streams_simulator: " << served.error() << '\n';
        return 2;
    }
    return 0;
}
