#pragma once

/// All that a program needs to open a scenario, run it and read what came out.

#include <chainsim/study/comparison.hpp>
#include <chainsim/study/exchange.hpp>
#include <chainsim/study/footprint.hpp>
#include <chainsim/study/gap_report.hpp>
#include <chainsim/study/ledgers.hpp>
#include <chainsim/study/outage_report.hpp>
#include <chainsim/study/project_economics.hpp>
#include <chainsim/study/reconciliation.hpp>
#include <chainsim/study/run.hpp>
#include <chainsim/study/run_folder.hpp>
#include <chainsim/study/starter.hpp>
#include <chainsim/study/study.hpp>
#include <chainsim/study/summary.hpp>
#include <chainsim/study/tables.hpp>
#include <chainsim/study/trace_report.hpp>
#include <chainsim/study/validation.hpp>
#include <chainsim/study/version.hpp>
#include <chainsim/study/water_quotas.hpp>
